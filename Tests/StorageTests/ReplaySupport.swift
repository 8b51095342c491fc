import RegistryStorage
import RegistryTestSupport
import Testing

/// Bodies a to f from 2000, each with parcels of ten areas' worth of people: a has P1 and P2, b has P3, c has P4.
let replayFounding = """
  record,key,event,organisation,parcel,partition,kind,type,from,source
  event,founding,,,,,,establishment,2000-04-01,law
  organisation,a
  organisation,b
  organisation,c
  organisation,n
  organisation,m
  organisation,o
  open,,founding,a,,,group
  open,,founding,b,,,group
  open,,founding,c,,,group
  parcel,P1,,,,area
  parcel,P2,,,,area
  parcel,P3,,,,area
  parcel,P4,,,,area
  parcel,Q1,,,,practice
  anchor,,,a,P1,,,,2000-04-01,law
  anchor,,,a,P2,,,,2000-04-01,law
  anchor,,,b,P3,,,,2000-04-01,law
  anchor,,,c,P4,,,,2000-04-01,law
  anchor,,,a,Q1,,,,2000-04-01,law

  record,partition,unit,parcel,amount:people,source
  unit,area,u11,P1,100,law
  unit,area,u12,P1,200,law
  unit,area,u2,P2,600,law
  unit,area,u3,P3,50,law
  unit,area,u4,P4,70,law
  unit,practice,q1,Q1,,law
  """

let replayHeader = "record,key,event,organisation,other,parcel,kind,basis,type,nature,amount,from,source\n"

/// Rows like `P1 a 2000-04-01..2010-03-31`, in the order of parcels and time.
func places(_ registry: Registry, _ parcels: String...) throws -> [String] {
  try registry.rows(
    """
    SELECT parcel || ' ' || ifnull(organisation, iif(is_silent, 'silent', 'lost') || ' at ' || lost_at_event)
      || ' ' || valid_from || '..' || ifnull(last_day, '')
    FROM current_placement ORDER BY parcel, piece_id, valid_from
    """
  ).filter { line in parcels.isEmpty || parcels.contains { line.hasPrefix("\($0) ") } }
}

/// The sums of the amounts of the pieces that lie in a body on a day, such as `areas 3, people 900`.
func amounts(_ registry: Registry, _ organisation: String, _ day: String) throws -> [String: Amount] {
  let territory = try registry.territory()
  let (id, day) = (try registry.id(organisation), try #require(Day(day)))
  var sums: [String: Amount] = [:]
  for piece in territory.pieces where piece.place(on: day) == .organisation(id) {
    for (basis, amount) in zip(territory.bases, piece.amounts) {
      if let amount { sums[basis.key, default: 0] += amount }
    }
  }
  return sums
}
