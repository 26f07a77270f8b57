import Diagnostics

/// One of the command's subcommands, declared in a file of its own.
struct Subcommand: Sendable {
  /// One option; those without a value are switches.
  struct Option: Sendable {
    let name: String
    /// The value's name in the help, or `nil` for a switch.
    let value: String?
    let text: String

    init(_ name: String, _ value: String, _ text: String) {
      self.init(name: name, value: value, text: text)
    }

    init(_ name: String, _ text: String) {
      self.init(name: name, value: nil, text: text)
    }

    private init(name: String, value: String?, text: String) {
      self.name = name
      self.value = value
      self.text = text
    }
  }

  let name: String
  /// One line for the overview.
  let summary: String
  /// How the words behind the name are written.
  let usage: String
  /// What it does and prints, its exit status, and examples.
  let text: String
  let options: [Option]
  let run: @Sendable (Arguments) throws -> Int32

  static let all = [
    check, test, new, shape, format, schema, translate, explain, loss, fhirpath, serve, token, config,
    messages, replay, audit, billing, backup, migrate,
  ]

  static let mappings = Option("--mappings", "DIR", "the folder of mappings (Mappings)")

  var help: String {
    let rows = options.map { (option: Option) in
      ("  --" + option.name.dropFirst(2) + (option.value.map { " " + $0 } ?? "")).padded(24) + option.text
    }
    let list = (rows + ["  --help".padded(24) + "this page"]).joined(separator: "\n")
    return "\(summary)\n\nUsage: sluss \(name) \(usage)\n\n\(text)\n\nOptions:\n\(list)"
  }

  static var overview: String {
    let rows = all.map { "  " + $0.name.padded(12) + $0.summary }.joined(separator: "\n")
    return """
      Sluss translates health data between systems, by files alone.

      Usage: sluss COMMAND …

      Commands:
      \(rows)

      `sluss COMMAND --help` tells more; `sluss --version` the version.
      Exit status: 0 all well, 1 something was found wrong, 2 the command was written wrongly.
      """
  }
}

extension String {
  /// Filled with spaces to a width.
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
