/// Figures as OpenMetrics 1.0 writes them.
struct MetricsText {
  static let type = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  private var lines: [String] = []

  mutating func family(_ name: String, _ type: String, _ help: String) {
    lines.append("# TYPE \(name) \(type)")
    lines.append("# HELP \(name) \(help)")
  }

  mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
    let text = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    lines.append(text.isEmpty ? "\(name) \(value)" : "\(name){\(text)} \(value)")
  }

  mutating func histogram(_ name: String, _ label: (name: String, value: String), _ histogram: Histogram) {
    var below = 0
    for (count, limit) in zip(histogram.counts, histogram.limits.map { "\($0)" } + ["+Inf"]) {
      below += count
      sample("\(name)_bucket", [label, ("le", limit)], String(below))
    }
    sample("\(name)_count", [label], String(below))
    sample("\(name)_sum", [label], "\(histogram.sum)")
  }

  /// The whole, ended as the format wants it.
  var text: String { lines.joined(separator: "\n") + "\n# EOF\n" }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
