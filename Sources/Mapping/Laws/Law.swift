public import Diagnostics

/// What every line under `both` promises (the laws of lenses).
public enum Law: String, Sendable, CaseIterable {
  /// Reading a document into the hub and writing it again gives the document.
  case document
  /// Writing a document from the hub and reading it again gives the hub.
  case hub

  /// Where the walk begins, and what is passed on the way.
  var way: String {
    switch self {
    case .document: "from the format to the hub and back"
    case .hub: "from the hub to the format and back"
    }
  }
}

/// How the laws of one mapping were tried.
public struct LawReport: Sendable {
  /// The mapping's name.
  public let mapping: String
  /// How many documents went all the way, by law.
  public var proven: [Law: Int] = [:]
  /// How many documents were made, by law; the others were refused for what no shape can say.
  public var made: [Law: Int] = [:]
  /// Why the others were refused, and how many of them, by law.
  public var refusals: [Law: [String: Int]] = [:]
  /// The first failure of each law, and the lines that no document reached.
  public var diagnostics: [Diagnostic] = []

  /// What most of the refused documents lack.
  public func mostFrequentRefusal(_ law: Law) -> String? {
    refusals[law]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
