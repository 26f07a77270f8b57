import Diagnostics

/// The command was written wrongly.
struct UsageError: Error {
  let message: String
}

/// The words behind a subcommand, sorted into options and others.
struct Arguments: Sendable {
  /// The words that are no options, `-` among them.
  let words: [String]
  private let values: [String: String]

  /// - Throws: ``UsageError`` for unknown options and missing values.
  init(_ given: [String], of command: Subcommand) throws(UsageError) {
    var words: [String] = []
    var values: [String: String] = [:]
    var rest = given[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        words.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard let option = command.options.first(where: { $0.name == parts[0] }) else {
        let near = NearNames.of(parts[0], among: command.options.map(\.name))
        throw UsageError(
          message: "there is no option `\(parts[0])`" + (near.first.map { ", did you mean `\($0)`?" } ?? "."))
      }
      guard option.value != nil else {
        values[option.name] = ""
        continue
      }
      guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
        throw UsageError(message: "`\(option.name)` needs a value.")
      }
      values[option.name] = value
    }
    self.words = words
    self.values = values
  }

  /// The value of an option, if given.
  subscript(option: String) -> String? { values[option] }

  /// Whether a switch is given.
  func has(_ option: String) -> Bool { values[option] != nil }

  /// The value of an option that must be given.
  func required(_ option: String) throws(UsageError) -> String {
    guard let value = values[option] else { throw UsageError(message: "`\(option)` is needed.") }
    return value
  }

  /// A whole number.
  func number(_ option: String, or standard: Int, in range: ClosedRange<Int>) throws(UsageError) -> Int {
    guard let text = values[option] else { return standard }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(message: "`\(option)` takes a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
