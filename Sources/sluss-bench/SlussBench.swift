import Foundation

/// Figures of Sluss itself for `scripts/bench`, which compares them with others'.
@main
enum SlussBench {
  static func main() {
    do {
      try run()
    } catch {
      FileHandle.standardError.write(Data("sluss-bench: \(String(describing: error).prefix(500))\n".utf8))
      exit(1)
    }
  }

  private static func run() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    switch words.first {
    case "pair" where words.count == 5:
      let contest = try Contest(mappings: words[1], from: words[2], to: words[3], input: words[4])
      Rate.report("pair", try Rate.best { _ = try contest.translate() })
    default:
      FileHandle.standardError.write(Data("usage: sluss-bench translate | small | insert-server …\n".utf8))
      exit(2)
    }
  }
}
