import CExpat
import Glibc

/// A parser of the expat library, which gets a source piece by piece. No other XML file has pointers.
///
/// 1. Expat knows the address of an `XMLTags` only while `parse` runs, where it is valid.
/// 2. The memory that expat takes is bounded: it keeps a token until it is whole, and `parse` stops it when one is
///    longer than the limit. Text is no such token: expat hands it on in pieces.
/// 3. Nothing is ever expanded or fetched: a document type declaration, which alone could ask for it, stops the parser.
/// 4. After an error nothing more is parsed.
struct Expat: ~Copyable {
  private let parser: XML_Parser
  private var fed = 0
  /// The offset in the source of the first byte that expat has not understood.
  private var understood = 0

  init() {
    // Nothing was read yet, and Swift itself ends the process when there is no memory for an object.
    guard let parser = XML_ParserCreate(nil) else { fatalError("out of memory") }
    self.parser = parser
    XML_UseParserAsHandlerArg(parser)
    XML_SetElementHandler(
      parser,
      { parser, name, attributes in
        guard let parser, let name, let attributes else { return }
        Expat.tags(of: parser).pointee.start(name, attributes, OpaquePointer(parser))
      },
      { parser, _ in
        guard let parser else { return }
        Expat.tags(of: parser).pointee.end(OpaquePointer(parser))
      })
    XML_SetCharacterDataHandler(parser) { parser, bytes, count in
      guard let parser, let bytes else { return }
      Expat.tags(of: parser).pointee.text(
        UnsafeRawBufferPointer(start: bytes, count: Int(count)), OpaquePointer(parser))
    }
    XML_SetXmlDeclHandler(parser) { parser, _, encoding, _ in
      guard let parser, let encoding else { return }
      let name = String(cString: encoding)
      if name.lowercased() != "utf-8" {
        Expat.tags(of: parser).pointee.stop(.encoding(name), OpaquePointer(parser))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { parser, _, _, _, _ in
      guard let parser else { return }
      Expat.tags(of: parser).pointee.stop(.documentType, OpaquePointer(parser))
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Parses the next bytes of the source.
  ///
  /// - Parameters:
  ///   - bytes: Holds the next bytes.
  ///   - range: Where they are.
  ///   - isLast: Whether the source ends with them.
  ///   - tags: Receives what is found, up to the error if there is one.
  mutating func parse(_ bytes: [UInt8], _ range: Range<Int>, isLast: Bool, into tags: inout XMLTags) throws(XMLError) {
    let status = withUnsafeMutablePointer(to: &tags) { tags in
      XML_SetUserData(parser, tags)
      return bytes.withUnsafeBytes { bytes in
        let bytes = UnsafeRawBufferPointer(rebasing: bytes[range])
        return XML_Parse(
          parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
      }
    }
    fed += range.count
    if let failure = tags.failure { throw failure }
    guard status == XML_STATUS_OK else { throw error(Self.reason(parser)) }
    // Expat has no position while it waits for more of a token (since 2.6). Then it has not gone on.
    understood = max(understood, Int(XML_GetCurrentByteIndex(parser)))
    if fed - understood > tags.lengthLimit, !isLast { throw error(.tooLong(limit: tags.lengthLimit)) }
  }

  /// An error where expat is.
  func error(_ reason: XMLFlaw) -> XMLError { Self.error(reason, parser) }

  fileprivate static func error(_ reason: XMLFlaw, _ parser: XML_Parser) -> XMLError {
    XMLError(
      line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1, reason: reason)
  }

  private static func tags(of parser: UnsafeMutableRawPointer) -> UnsafeMutablePointer<XMLTags> {
    // `parse` has set it, and expat calls only while `parse` runs.
    orgregistry_user_data(OpaquePointer(parser)).assumingMemoryBound(to: XMLTags.self)
  }

  /// Why expat has stopped.
  private static func reason(_ parser: XML_Parser) -> XMLFlaw {
    let code = XML_GetErrorCode(parser)
    switch code {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR:
      return .truncated
    case XML_ERROR_INVALID_TOKEN:
      let byte = byteAtPosition(parser)
      if byte == 0 { return .nulByte }
      if let byte, byte >= 0x80 { return .strayCharacter }
    default: break
    }
    return .notWellFormed(XML_ErrorString(code).map { String(cString: $0) } ?? "the text is not well-formed")
  }

  private static func byteAtPosition(_ parser: XML_Parser) -> UInt8? {
    var (offset, size): (Int32, Int32) = (0, 0)
    guard let context = XML_GetInputContext(parser, &offset, &size), offset >= 0, offset < size else { return nil }
    return UInt8(bitPattern: context[Int(offset)])
  }
}

/// What expat calls.
extension XMLTags {
  fileprivate mutating func start(
    _ name: UnsafePointer<CChar>, _ values: UnsafeMutablePointer<UnsafePointer<CChar>?>, _ parser: XML_Parser
  ) {
    guard !isStopped else { return }
    guard openElements.count < depthLimit else { return stop(.tooDeep(limit: depthLimit), parser) }
    guard XML_GetCurrentByteCount(parser) <= lengthLimit else { return stop(.tooLong(limit: lengthLimit), parser) }
    let text = takeText()
    let number = names.number(name)
    let spelling = number == XMLNames.unknown ? append(name) : Piece(start: openText, end: openText)
    var index = 0
    while let name = values[index], let value = values[index + 1] {
      index += 2
      let number = names.number(name)
      // Nobody can ask for an attribute whose name is not known.
      if number != XMLNames.unknown { attributes.append(Attribute(name: number, value: append(value))) }
    }
    openText = Int32(truncatingIfNeeded: bytes.count)
    openElements.append(number)
    append(isStart: true, number, spelling: spelling, text: text, parser)
  }

  fileprivate mutating func end(_ parser: XML_Parser) {
    guard !isStopped, let number = openElements.popLast() else { return }
    let text = takeText()
    append(isStart: false, number, spelling: Piece(start: openText, end: openText), text: text, parser)
  }

  fileprivate mutating func text(_ text: UnsafeRawBufferPointer, _ parser: XML_Parser) {
    guard !isStopped else { return }
    guard bytes.count - Int(openText) + text.count <= lengthLimit else {
      return stop(.tooLong(limit: lengthLimit), parser)
    }
    bytes.append(contentsOf: text)
  }

  fileprivate mutating func stop(_ reason: XMLFlaw, _ parser: XML_Parser) {
    guard !isStopped else { return }
    failure = Expat.error(reason, parser)
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private mutating func append(
    isStart: Bool, _ name: Int32, spelling: Piece, text: Piece, _ parser: XML_Parser
  ) {
    tags.append(
      Tag(
        isStart: isStart, name: name, spelling: spelling, text: text,
        attributesEnd: Int32(truncatingIfNeeded: attributes.count),
        column: Int32(truncatingIfNeeded: XML_GetCurrentColumnNumber(parser)) &+ 1,
        line: Int(bitPattern: XML_GetCurrentLineNumber(parser))))
  }

  private mutating func append(_ text: UnsafePointer<CChar>) -> Piece {
    let start = Int32(truncatingIfNeeded: bytes.count)
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: text, count: strlen(text)))
    return Piece(start: start, end: Int32(truncatingIfNeeded: bytes.count))
  }
}

extension XMLNames {
  fileprivate func number(_ name: UnsafePointer<CChar>) -> Int32 {
    let name = UnsafeRawBufferPointer(start: name, count: strlen(name))
    // Expat gives no empty names.
    var slot = Self.hash(count: name.count, first: name[0], last: name[name.count &- 1]) & (slots.count &- 1)
    while slots[slot] != Self.unknown {
      let number = Int(slots[slot])
      if isName(number, name) { return Int32(truncatingIfNeeded: number) }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return Self.unknown
  }

  private func isName(_ number: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    let start = starts[number]
    guard starts[number &+ 1] &- start == name.count, let address = name.baseAddress else { return false }
    return bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + start, address, name.count) == 0 } ?? false
    }
  }
}
