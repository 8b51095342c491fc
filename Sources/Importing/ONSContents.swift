/// What stands in a file of the Office for National Statistics: bodies are named by its codes.
protocol ONSContents: SourceContents {}

extension ONSContents {
  var scheme: String { "ons" }
}
