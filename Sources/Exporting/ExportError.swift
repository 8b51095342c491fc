import Formats
import Storage

/// Why an export could not be written.
public enum ExportError: Error, CustomStringConvertible {
  /// The register could not be read.
  case database(DatabaseError)
  /// The output could not be written.
  case output(WriteError)

  public var description: String {
    switch self {
    case .database(let error): error.description
    case .output(let error): error.description
    }
  }
}

/// Runs what reads the register.
func reading<Result>(_ body: () throws(DatabaseError) -> Result) throws(ExportError) -> Result {
  do { return try body() } catch { throw .database(error) }
}

/// Runs what writes the output.
func writing<Result>(_ body: () throws(WriteError) -> Result) throws(ExportError) -> Result {
  do { return try body() } catch { throw .output(error) }
}
