/// Why something is refused as a whole, in a sentence that names it: a file, or a proposal.
package struct Refusal: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Why something cannot be written in a form, in a sentence: the form has no words for it.
package struct Unwritable: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
