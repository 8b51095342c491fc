package import Reconcile

/// The contents of a file of the Office for National Statistics, which names bodies by the codes of that office.
package protocol ONSContents: SourceContents {}

extension ONSContents {
  package var scheme: String { "ons" }
}
