/// The positions of the fields of an ODS file, counted from 0.
///
/// Kept here:
/// 1. Only a file in the form in which the service issues it is read without a warning. An edited copy is read on
///    request, if the position of every field that is used is certain.
package struct ODSLayout {
  package static let issuedColumnCount = 27

  package var columnCount = issuedColumnCount
  var code = 0
  var name = 1
  var firstDay = 10
  var lastDay = 11
  var subType = 13
  var parent = 14
  var joined = 15
  var left = 16
  var provider = 23
  var setting = 25

  static let issued = ODSLayout()

  /// The copy in circulation whose last column, always empty, was cut off.
  package static let withoutLast = ODSLayout(columnCount: issuedColumnCount - 1)

  /// Whether the first field of a line is the name of a column, not a code.
  package static func isHeader(_ field: String) -> Bool {
    ["orgcode", "organisation code", "organisationcode", "code"].contains(field.lowercased())
  }
}

extension ODSLayout {
  /// A copy with a line of column names.
  /// - Returns: Nil if a column that is needed is missing or occurs twice.
  package init?(header: [String]) {
    let names = header.map { $0.lowercased().filter(\.isLetter) }
    func place(_ spellings: String...) -> Int? {
      let places = names.indices.filter { spellings.contains(names[$0]) }
      return places.count == 1 ? places[0] : nil
    }
    guard let code = place("orgcode", "organisationcode", "code"), let name = place("name", "organisationname"),
      let firstDay = place("opendate"), let lastDay = place("closedate"), let subType = place("orgsubtypecode"),
      let parent = place("commissioner", "parentcode", "parentorganisationcode"),
      let joined = place("joinproviderdate", "joinparentdate", "joinproviderpurchaserdate"),
      let left = place("leftproviderdate", "leftparentdate", "leftproviderpurchaserdate"),
      let provider = place("provpurch", "providerpurchaser"), let setting = place("prescrset", "prescribingsetting")
    else { return nil }
    self.init(
      columnCount: header.count, code: code, name: name, firstDay: firstDay, lastDay: lastDay, subType: subType,
      parent: parent, joined: joined, left: left, provider: provider, setting: setting)
  }
}
