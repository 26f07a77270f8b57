import Mapping

/// All settings of `sluss.yaml`, written from the tables that its reader goes by.
public enum ConfigurationReference {
  /// One setting: where it stands, as `targets.NAME.http.url`, and what it says.
  public struct Setting: Sendable, Equatable {
    /// The keys on the way to it; `NAME` stands for a name of the file's own.
    public let path: String
    /// What it says, one line, with what holds without it in parentheses.
    public let text: String
    /// What may stand there.
    public let form: String
    /// Whether it must be there where its section is.
    public let isRequired: Bool
  }

  /// All of them, in the order of the tables.
  public static var settings: [Setting] { settings(of: GatewayKeys.file, below: "") }

  /// As an article.
  public static var article: String {
    let rows = settings.map { setting in
      "| `\(setting.path)` | \(cell(setting.form)) | \(cell(setting.text))\(setting.isRequired ? " **Needed.**" : "") |"
    }
    return (head + rows).joined(separator: "\n") + "\n"
  }

  private static let head = [
    "# Settings", "", "What `sluss.yaml` may say.", "", "## Overview", "",
    "Written by `sluss config keys --article` from the tables that the reader goes by; don't edit it. `NAME` stands for a",
    "name of your own. `sluss config check FILE` tells what is wrong with a file, and `sluss schema gateway` prints its JSON",
    "Schema for editors.", "", "| setting | form | what it says |", "| --- | --- | --- |",
  ]

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  private static func settings(of table: KeyTable, below path: String) -> [Setting] {
    table.keys.flatMap { key in
      let place = path.isEmpty ? key.name : "\(path).\(key.name)"
      let own = Setting(path: place, text: key.text, form: words(key.form), isRequired: key.isRequired)
      return [own] + settings(in: key.form, below: place)
    }
  }

  private static func settings(in form: KeyForm, below path: String) -> [Setting] {
    switch form {
    case .block(let table): settings(of: table, below: path)
    case .map(let rows, _): rows.flatMap { settings(in: $0.form, below: path + ".NAME") }
    case .either(let forms): forms.flatMap { settings(in: $0, below: path) }
    case .list(let item): settings(in: item, below: path)
    default: []
    }
  }

  private static func words(_ form: KeyForm) -> String {
    switch form {
    case .text, .matching: "text"
    case .number: "number"
    case .boolean: "true or false"
    case .choice(let words): words.joined(separator: ", ")
    case .list: "list"
    case .map: "names"
    case .block: "section"
    case .nothing: "nothing"
    case .either(let forms): forms.map(words).joined(separator: ", or ")
    case .shared: "section"
    }
  }
}
