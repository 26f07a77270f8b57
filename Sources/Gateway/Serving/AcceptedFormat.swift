extension HubFormat {
  /// The format that a request's `Accept` asks for (RFC 9110, section 12.5.1): XML only when it is named and
  /// nothing is liked better, so that browsers, which take any XML, get JSON.
  init(accept: String?) {
    let xml = HubFormat.xml.mediaType
    let ranges = (accept ?? "").split(separator: ",").map(MediaRange.init)
    let wanted = ranges.filter { $0.name == xml }.map(\.quality).max() ?? 0
    let json: Set = [HubFormat.json.mediaType, "application/json"]
    let others = ranges.filter { json.contains($0.name) }.map(\.quality).max() ?? 0
    self = wanted > others ? .xml : .json
  }
}

/// One media type of an `Accept` header.
private struct MediaRange {
  let name: String
  /// How much it is wanted, 0 to 1.
  let quality: Double

  init(_ text: Substring) {
    let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
    name = parts.first ?? ""
    let quality = parts.dropFirst().first { $0.hasPrefix("q=") }
    self.quality = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
  }
}
