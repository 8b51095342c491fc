package import RegistryFormats
package import RegistryStorage

/// Why an export could not be written.
package enum ExportError: Error, CustomStringConvertible {
  /// A sentence that says what cannot be exported, and what to do.
  case refused(String)
  /// The register could not be read, or a file of tables not made.
  case database(DatabaseError)
  /// The output could not be written.
  case output(WriteError)

  package var description: String {
    switch self {
    case .refused(let sentence): sentence
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
