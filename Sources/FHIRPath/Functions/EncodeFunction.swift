import Documents

/// `encode(format)`: a string's UTF-8 in `base64`, `urlbase64` or `hex` (an addition of the continuous build).
enum EncodeFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.string))

  static let examples = [
    Example("'test'.encode('base64')", "'dGVzdA=='"),
    Example("'åä'.encode('hex')", "'c3a5c3a4'"),
    Example("'subjects?_d'.encode('urlbase64')", "'c3ViamVjdHM_X2Q='"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let format = try run.string(0, of: call) else {
      return .empty
    }
    guard let encoding = TextEncoding(rawValue: run.forest.string(format)) else { return .empty }
    return try run.made(encoding.encode(run.forest.text[text]), by: call)
  }
}
