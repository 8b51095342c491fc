import Foundation

/// The members that the objects of JSON texts have, by path (`/Organisation/Roles/Role`). The place in an array does
/// not matter.
struct JSONShape {
  /// The members that some object at a path has.
  private(set) var members: [String: Set<String>] = [:]
  /// The members that every object at a path has.
  private(set) var common: [String: Set<String>] = [:]
  /// The types of the values at a path: object, array, text or number.
  private(set) var types: [String: Set<String>] = [:]

  mutating func add(_ text: String) throws {
    add(try JSONSerialization.jsonObject(with: Data(text.utf8)), at: "")
  }

  mutating func add(_ value: Any, at path: String) {
    switch value {
    case let object as [String: Any]:
      let names = Set(object.keys)
      types[path, default: []].insert("object")
      members[path, default: []].formUnion(names)
      common[path] = common[path]?.intersection(names) ?? names
      for (name, value) in object { add(value, at: "\(path)/\(name)") }
    case let array as [Any]:
      types[path, default: []].insert("array")
      for element in array { add(element, at: path) }
    case is String: types[path, default: []].insert("text")
    default: types[path, default: []].insert("number")
    }
  }

  /// The differences from the answers of a service: members that it never sends, missing members that it always sends,
  /// and other types.
  /// - Parameters:
  ///   - documented: members, as paths, that only the documentation shows.
  ///   - lacking: members, as paths, that the register cannot have.
  func differences(from real: JSONShape, documented: Set<String> = [], lacking: Set<String> = []) -> [String] {
    members.sorted { $0.key < $1.key }.flatMap { path, names in
      let known = real.members[path] ?? []
      let strange = names.subtracting(known).map { "\(path)/\($0)" }.filter { !documented.contains($0) }
      let missing = (real.common[path] ?? []).subtracting(common[path] ?? []).map { "\(path)/\($0)" }
        .filter { !lacking.contains($0) }
      return strange.sorted().map { "never in the real ones: \($0)" } + missing.sorted().map { "missing: \($0)" }
    }
      + types.sorted { $0.key < $1.key }.compactMap { path, names in
        guard let known = real.types[path], !names.isSubset(of: known) else { return nil }
        return "of another type: \(path)"
      }
  }
}
