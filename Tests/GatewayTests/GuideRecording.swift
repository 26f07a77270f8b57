/// An article that gets what commands really printed.
struct GuideRecording {
  private var lines: [String]
  /// How many lines have come in before the next step.
  private var shift = 0

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var text: String { lines.joined(separator: "\n") }

  /// - Parameter line: the number of the line before what is shown, from 1, in the article as it was.
  mutating func replace(_ shown: [String], below line: Int, with printed: [String]) {
    let start = line + shift
    lines.replaceSubrange(start..<start + shown.count, with: printed)
    shift += printed.count - shown.count
  }
}
