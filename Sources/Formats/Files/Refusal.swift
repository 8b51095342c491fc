/// Why something, such as a file or a proposal, is refused as a whole. The description is a sentence that names it.
package struct Refusal: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Why something cannot be written in a format that has no words for it. The description is a sentence.
package struct Unwritable: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
