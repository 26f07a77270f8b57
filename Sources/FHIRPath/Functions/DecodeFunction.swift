import Documents

/// `decode(format)`: the string of what is written in `base64`, `urlbase64` or `hex`; empty when it is no UTF-8 (an addition of the continuous build).
enum DecodeFunction: FunctionDefinition {
  static let signature = Signature(
    input: .value(.string), parameters: [.value(.string)], result: .value(.string))

  static let examples = [
    Example("'dGVzdA=='.decode('base64')", "'test'"),
    Example("'c3a5'.decode('hex')", "'å'"),
    Example("'x'.decode('hex')", "{}"),
  ]

  static func evaluate(_ call: Call, in run: inout Evaluation) throws(FormulaFault) -> Items {
    guard let text = try run.string(call.input), let format = try run.string(0, of: call) else {
      return .empty
    }
    guard let encoding = TextEncoding(rawValue: run.forest.string(format)),
      let bytes = encoding.decode(run.forest.text[text]),
      let decoded = String(validating: bytes, as: UTF8.self)
    else { return .empty }
    return try run.made(decoded, by: call)
  }
}
