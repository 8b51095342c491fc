package import RegistryFormats

extension CSVReader {
  /// Advances to the next record. Text that is not CSV refuses the whole file.
  /// - Parameter file: the name of the file in the refusal.
  /// - Returns: Whether there is one.
  package mutating func next(of file: String) throws(Refusal) -> Bool {
    do {
      return try next()
    } catch {
      throw Refusal("\(file): \(error); nothing was changed")
    }
  }
}
