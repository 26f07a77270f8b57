import Foundation

/// The command: picks the subcommand and ends with its status.
@main
enum Sluss {
  static let version = "0.1.0"

  static func main() {
    var words = Array(CommandLine.arguments.dropFirst())
    let name = words.isEmpty ? "--help" : words.removeFirst()
    guard let command = Subcommand.all.first(where: { $0.name == name }) else { exit(global(name, words)) }
    if words.contains("--help") || words.contains("-h") {
      print(command.help)
      exit(0)
    }
    do {
      exit(try command.run(Arguments(words, of: command)))
    } catch let error as UsageError {
      Console.complain("sluss \(name): \(error.message)\nTry `sluss \(name) --help`.")
      exit(2)
    } catch {
      Console.show(error)
      exit(1)
    }
  }

  /// `--help`, `help COMMAND`, `--version`, or a name that is none.
  private static func global(_ name: String, _ words: [String]) -> Int32 {
    switch name {
    case "--help", "-h", "help":
      let command = Subcommand.all.first { $0.name == words.first }
      print(command?.help ?? Subcommand.overview)
      return 0
    case "--version":
      print("sluss \(version)")
      return 0
    default:
      Console.complain("sluss: there is no command `\(name)`.\nTry `sluss --help`.")
      return 2
    }
  }
}
