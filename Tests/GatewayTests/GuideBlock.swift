/// A fenced block of an article, without the indent of the list that it stands in.
struct GuideBlock {
  let language: String
  let lines: [String]
  /// The number of its first line within the article, from 1.
  let line: Int
  /// The index of the line behind it.
  let end: Int

  /// `nil` when no block begins at this line.
  init?(_ article: [String], at index: Int) {
    let opening = article[index]
    let fence = opening.drop { $0 == " " }
    guard fence.hasPrefix("```") else { return nil }
    let indent = opening.count - fence.count
    let rest = article[(index + 1)...]
    let close = rest.firstIndex { $0.drop { $0 == " " } == "```" } ?? rest.endIndex
    language = String(fence.dropFirst(3))
    lines = article[(index + 1)..<close].map { line in
      String(line.dropFirst(line.hasPrefix(" ") ? indent : 0))
    }
    line = index + 2
    end = min(close + 1, article.count)
  }

  /// A command behind `$`, over several lines when they end in `\`, and what it prints.
  struct Command {
    let line: Int
    var text: String
    var shown: [String] = []
  }

  var commands: [Command] {
    var commands: [Command] = []
    var continues = false
    for (offset, line) in lines.enumerated() {
      if line.hasPrefix("$ ") {
        commands.append(Command(line: self.line + offset, text: String(line.dropFirst(2))))
      } else if continues {
        commands[commands.count - 1].text += "\n" + line
      } else if !commands.isEmpty {
        commands[commands.count - 1].shown.append(line)
        continue
      }
      continues = line.hasSuffix("\\")
    }
    return commands
  }
}
