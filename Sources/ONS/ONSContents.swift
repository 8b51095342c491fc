package import Reconcile

/// What stands in a file of the Office for National Statistics: bodies are named by its codes.
package protocol ONSContents: SourceContents {}

extension ONSContents {
  package var scheme: String { "ons" }
}
