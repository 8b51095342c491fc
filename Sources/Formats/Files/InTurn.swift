/// Makes products of pieces on two threads, and takes them in the order of the pieces.
///
/// The caller's thread makes every other product, and takes all of them.
package func inTurn<Piece: Sendable, Product>(
  _ pieces: [Piece], _ make: @escaping (Piece) throws -> Product, write: (Product) throws -> Void
) throws {
  let worker = Worker<Void, Piece, Result<Product, any Error>>((), limit: 2) { _, piece in Result { try make(piece) } }
  if pieces.count > 2 { worker.start() }
  defer { worker.finish() }
  var index = 0
  while index < pieces.count {
    let hasOther = index + 1 < pieces.count
    if hasOther { worker.put(pieces[index + 1]) }
    let own = Result { try make(pieces[index]) }
    let other = hasOther ? worker.take() : nil
    try write(own.get())
    if let other { try write(other.get()) }
    index += 2
  }
}
