import RegistryStorage

/// How bodies are named, as expressions on exported tables.
struct OrganisationWords {
  let names: SQLNames
  /// The keys of all schemes, in their order.
  let schemes: [String]

  /// The code in the first scheme, or the key if the body has none. NULL for no body.
  /// - Parameter day: An expression. Nil means the last code.
  func code(of body: String, on day: String?) -> String {
    guard let first = schemes.first else { return body }
    return "coalesce(\(code(first, of: body, on: day)), \(body))"
  }

  /// The code by which a sentence calls the body: that of the day, or else its last one.
  func spokenCode(of body: String, on day: String) -> String {
    guard let first = schemes.first else { return body }
    return "coalesce(\(code(first, of: body, on: day)), \(code(of: body, on: nil)))"
  }

  /// The code in a scheme. NULL if the body has none.
  func code(_ scheme: String, of body: String, on day: String?) -> String {
    """
    (SELECT d.code FROM \(names("code")) d WHERE d.organisation = \(body) AND d.scheme = \(names.dialect.literal(scheme))\
    \(day.map { " AND \(SQLNames.holds("d", $0))" } ?? "") ORDER BY d.valid_from DESC LIMIT 1)
    """
  }

  /// The name in the scheme of lowest order that has one on the day. On a day without one, the first later name.
  /// - Parameter day: An expression. Nil means the last name.
  func name(of body: String, on day: String?) -> String {
    func first(_ condition: String, _ order: String) -> String {
      """
      (SELECT n.name FROM \(names("name")) n JOIN \(names("scheme")) h ON h.scheme = n.scheme
          WHERE n.organisation = \(body)\(condition) ORDER BY h.name_order, h.position, n.valid_from \(order) LIMIT 1)
      """
    }
    guard let day else { return first("", "DESC") }
    return """
      coalesce(\(first(" AND \(SQLNames.holds("n", day))", "DESC")),
          \(first(" AND n.valid_from > \(day)", "ASC")))
      """
  }

  /// The kinds of a body, in the order of the register, with | between.
  func kinds(of body: String, on day: String) -> String {
    let held = """
      FROM \(names("role")) r JOIN \(names("kind")) k ON k.kind = r.kind
          WHERE r.organisation = \(body) AND \(SQLNames.holds("r", day))
      """
    guard let joined = names.dialect.joined("r.kind", order: "k.position") else {
      // Plain SQL cannot join texts. No body has more than two kinds at once.
      let first = "(SELECT r.kind \(held) ORDER BY k.position LIMIT 1)"
      let second = "(SELECT r.kind \(held) ORDER BY k.position LIMIT 1 OFFSET 1)"
      return "\(first) || coalesce('|' || \(second), '')"
    }
    return names.dialect == .sqlite
      ? "(SELECT group_concat(kind, '|') FROM (SELECT r.kind AS kind \(held) ORDER BY k.position))"
      : "(SELECT \(joined) \(held))"
  }

  /// The name of the column of a scheme's codes.
  func column(of scheme: String) -> String {
    let name = SQLNames.identifier(scheme)
    let twins = schemes.filter { SQLNames.identifier($0) == name }
    let number = twins.firstIndex(of: scheme) ?? 0
    return number == 0 ? "\(name)_code" : "\(name)_\(number + 1)_code"
  }
}
