import Reconcile
import RegistryStorage

/// A role of the Organisation Data Service. The service gives roles where the register gives kinds.
struct ODSRole {
  /// Such as `RO98`.
  let id: String
  /// As the service writes it. Nil if no known answer of the service shows it.
  let name: String?

  private init(_ id: String, _ name: String? = nil) {
    self.id = id
    self.name = name
  }

  // MARK: The roles

  static let careTrust = ODSRole("RO107", "CARE TRUST")
  static let primaryCareTrust = ODSRole("RO179", "PRIMARY CARE TRUST")
  static let primaryCareGroup = ODSRole("RO171", "PRIMARY CARE GROUP")
  static let healthAuthority = ODSRole("RO132", "HEALTH AUTHORITY (HA)")
  static let commissioner = ODSRole("RO98", "CLINICAL COMMISSIONING GROUP")
  static let subICBLocation = ODSRole("RO319", "SUB ICB LOCATION")
  static let reportingEntity = ODSRole("RO327")
  static let commissioningProxy = ODSRole("RO326")
  static let commissioningHub = ODSRole("RO218", "COMMISSIONING HUB")
  static let olderCommissioningHub = ODSRole("RO211")
  static let partnership = ODSRole("RO261", "STRATEGIC PARTNERSHIP")
  static let transformationPartnership = ODSRole("RO262")
  static let careBoard = ODSRole("RO318")
  static let region = ODSRole("RO209", "NHS ENGLAND (REGION)")
  static let localOffice = ODSRole("RO210", "NHS ENGLAND (REGION, LOCAL OFFICE)")
  static let supportUnit = ODSRole("RO213", "COMMISSIONING SUPPORT UNIT")
  static let localAuthority = ODSRole("RO141", "LOCAL AUTHORITY")
  static let trust = ODSRole("RO197", "NHS TRUST")
  static let prescriber = ODSRole("RO177", "PRESCRIBING COST CENTRE")
  static let practice = ODSRole("RO76", "GP PRACTICE")

  // MARK: Reading

  /// The kind that each role stands for, the main ones first. `commissioner` is not among them: it stands for a group
  /// only if no other role of the record gives a kind.
  static let kinds: [(role: ODSRole, kind: String)] = [
    (subICBLocation, "sub-icb-location"), (reportingEntity, "sub-icb-reporting-entity"),
    (commissioningHub, "commissioning-hub"), (olderCommissioningHub, "commissioning-hub"), (careBoard, "icb"),
    (transformationPartnership, "stp"), (primaryCareTrust, "pct"), (careTrust, "care-trust"),
    (primaryCareGroup, "pcg"), (region, "region"), (localOffice, "local-office"), (supportUnit, "csu"),
    (localAuthority, "local-authority"), (trust, "nhs-trust"), (practice, "gp-practice"),
    (prescriber, "prescribing-cost-centre"), (commissioningProxy, "icb-commissioning-proxy"),
  ]

  /// The kinds of bodies that belong to a commissioner.
  static let members: Set<String> = ["gp-practice", "prescribing-cost-centre"]

  /// Why the role of a clinical commissioning group says nothing about a body.
  /// - Parameter firstDay: the day on which the body opened.
  static func noGroup(since firstDay: Day) -> String {
    "this is no clinical commissioning group: it opened on \(firstDay), and groups ended on "
      + "\(Day.healthAndCareAct.previous)"
  }

  /// The roles in `upper`, and those by which records that are read name systems.
  static let upperWhenRead = upper.union([transformationPartnership.id, careBoard.id])

  /// The kind that a sub-type of a 27-column file stands for, in either dialect.
  static let kindsOfSubTypes: [String: String] = Dictionary(
    uniqueKeysWithValues: (legacySubTypes.map { $0 } + subTypes.map { $0 }).map { ($0.value, $0.key) })

  // MARK: Writing

  /// The sub-types of commissioners in a 27-column file until 2022, by kind.
  static let legacySubTypes = ["ccg": "C", "commissioning-hub": "H"]
  /// The sub-types since 2022, by kind.
  static let subTypes = [
    "sub-icb-location": subICBLocation.id, "icb-commissioning-proxy": commissioningProxy.id,
    "sub-icb-reporting-entity": reportingEntity.id, "commissioning-hub": commissioningHub.id,
  ]

  /// The roles of a body of a kind: the primary one, and one besides.
  static func roles(ofKind kind: String) -> (primary: ODSRole?, other: ODSRole?) {
    switch kind {
    case "care-trust": (careTrust, nil)
    case "pct": (primaryCareTrust, nil)
    case "pcg": (primaryCareGroup, nil)
    case "sha": (healthAuthority, nil)
    case "ccg": (commissioner, nil)
    case "sub-icb-location": (commissioner, subICBLocation)
    case "sub-icb-reporting-entity": (commissioner, reportingEntity)
    case "icb-commissioning-proxy": (nil, commissioningProxy)
    case "commissioning-hub": (commissioner, commissioningHub)
    case "stp": (partnership, transformationPartnership)
    case "ics": (partnership, nil)
    case "icb": (partnership, careBoard)
    case "region": (region, nil)
    case "area-team", "local-office": (localOffice, nil)
    case "csu": (supportUnit, nil)
    case "local-authority": (localAuthority, nil)
    case "nhs-trust": (trust, nil)
    case "gp-practice": (prescriber, practice)
    case "prescribing-cost-centre": (prescriber, nil)
    default: (nil, nil)
    }
  }

  /// The primary roles of what bodies lie in: systems, regions, their offices, and health authorities.
  static let upper: Set<String> = [partnership.id, region.id, localOffice.id, healthAuthority.id]
}
