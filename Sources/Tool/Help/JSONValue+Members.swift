import RegistryFormats

/// What the parser says of its commands is read through these.
extension JSONValue {
  /// The member of that name, or null.
  subscript(name: String) -> JSONValue {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value ?? nil
  }

  var elements: [JSONValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var string: String { text ?? "" }
}
