public import Mapping

/// Which formats reach which, and how much of them arrives: a table in Markdown, made by translating documents between all
/// pairs of mappings.
public struct LossMatrix {
  private let study: MappingStudy
  private let runs: Int
  /// Fewer fields than this are what any two answers share: a code and a text of the result.
  private let least = 4

  /// - Parameter runs: how many documents are translated for each pair.
  public init(_ study: MappingStudy, runs: Int) {
    self.study = study
    self.runs = runs
  }

  /// One row for each format, with the formats that can be made of it: those in which nothing required is always missing
  /// and some fields arrive, the fullest first.
  public var markdown: String {
    let names = study.library.mappings.keys.sorted()
    let rows = names.compactMap { row($0, names) }
    return (["| from (fields) | to (fields that arrive) |", "| --- | --- |"] + rows).joined(separator: "\n")
  }

  private func row(_ source: String, _ names: [String]) -> String? {
    let reports = names.filter { $0 != source }.compactMap { report(source, $0) }
    guard let fields = reports.first?.fields.count else { return nil }
    let targets = reports.map { (name: $0.target, count: $0.arriving) }.sorted {
      ($1.count, $0.name) < ($0.count, $1.name)
    }
    let cells = targets.map { "`\($0.name)` \($0.count)" }
    return "| `\(source)` (\(fields)) | \(cells.joined(separator: ", ")) |"
  }

  /// What is lost between two formats, `nil` when the one cannot become the other.
  private func report(_ source: String, _ target: String) -> LossReport? {
    guard let from = study.library.mappings[source], let to = study.library.mappings[target],
      let report = study.losses(from: from, to: to, runs: runs)
    else { return nil }
    let isWritten = report.documents.taken > 0 && !report.unfed.contains { $0.isNeverFed }
    return isWritten && report.arriving >= least ? report : nil
  }
}

extension LossReport {
  /// How many of the source's fields stand in what is written, whole or narrowed.
  fileprivate var arriving: Int { fields.count { !$0.written.isEmpty } }
}
