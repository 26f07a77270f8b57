import Documents

/// `extension(url)`: the extensions with a URL (FHIR R4, additional functions).
enum ExtensionFunction: FunctionDefinition {
  static let signature = Signature(input: .any, parameters: [.value(.string)], result: .model("Extension"))

  static let examples = [
    Example("visit.type.extension('http://example.se/x')", "{}"),
    Example("{}.extension('http://example.se/x')", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    let input = try run.input(call)
    guard let url = try run.string(0, of: call) else { return .empty }
    var found = Items.empty
    for index in 0..<input.count { try run.addExtensions(url, of: input[index], to: &found, at: call.step) }
    return found
  }
}
