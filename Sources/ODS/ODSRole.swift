/// The roles by which the Organisation Data Service says what the register says by kinds.
struct ODSRole {
  /// Such as `RO98`.
  let id: String
  /// As the service writes it; nil: no answer of the service at hand shows it.
  let name: String?

  private init(_ id: String, _ name: String? = nil) {
    self.id = id
    self.name = name
  }

  /// What a body of a kind is: the primary role, which says what sort of record it has, and one beside it.
  static func roles(ofKind kind: String) -> (primary: ODSRole?, other: ODSRole?) {
    switch kind {
    case "care-trust": (ODSRole("RO107", "CARE TRUST"), nil)
    case "pct": (ODSRole("RO179", "PRIMARY CARE TRUST"), nil)
    case "pcg": (ODSRole("RO171", "PRIMARY CARE GROUP"), nil)
    case "sha": (ODSRole("RO132", "HEALTH AUTHORITY (HA)"), nil)
    case "ccg": (commissioner, nil)
    case "sub-icb-location": (commissioner, ODSRole("RO319", "SUB ICB LOCATION"))
    case "sub-icb-reporting-entity": (commissioner, ODSRole("RO327"))
    case "icb-commissioning-proxy": (nil, ODSRole("RO326"))
    case "commissioning-hub": (commissioner, ODSRole("RO218", "COMMISSIONING HUB"))
    case "stp": (partnership, ODSRole("RO262"))
    case "ics": (partnership, nil)
    case "icb": (partnership, ODSRole("RO318"))
    case "region": (ODSRole("RO209", "NHS ENGLAND (REGION)"), nil)
    case "area-team", "local-office": (ODSRole("RO210", "NHS ENGLAND (REGION, LOCAL OFFICE)"), nil)
    case "csu": (ODSRole("RO213", "COMMISSIONING SUPPORT UNIT"), nil)
    case "local-authority": (ODSRole("RO141", "LOCAL AUTHORITY"), nil)
    case "nhs-trust": (ODSRole("RO197", "NHS TRUST"), nil)
    case "gp-practice": (prescriber, ODSRole("RO76", "GP PRACTICE"))
    case "prescribing-cost-centre": (prescriber, nil)
    default: (nil, nil)
    }
  }

  private static let commissioner = ODSRole("RO98", "CLINICAL COMMISSIONING GROUP")
  private static let partnership = ODSRole("RO261", "STRATEGIC PARTNERSHIP")
  private static let prescriber = ODSRole("RO177", "PRESCRIBING COST CENTRE")

  /// Systems, regions, their offices, and authorities: what bodies lie in.
  static let upper: Set<String> = ["RO261", "RO209", "RO210", "RO132"]
}
