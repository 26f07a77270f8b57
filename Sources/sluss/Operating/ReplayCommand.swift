import Foundation
import Gateway

extension Subcommand {
  static let replay = Subcommand(
    name: "replay",
    summary: "Translates received messages again and delivers what that changes.",
    usage: "[--from TIME] [--to TIME] [--mapping NAME] … [--send]",
    text: """
      Takes the messages that a running gateway has kept, oldest first, and translates them with the mappings that it serves
      now. Without --send it only counts. Deliveries that are new are made; those that wait or are dead get the new document;
      those that a target has in another form are sent again, corrected; what would say the same is not sent, unless --again
      names the wish. Replaying twice changes nothing the second time.

        sluss replay --state failed --mapping visiba/visit-event           what would mending have brought?
        sluss replay --state failed --mapping visiba/visit-event --send
        sluss replay --version 4be0… --route visits-to-the-journal --send  all that an older mapping made
        sluss replay --from 2026-11-20T08:00:00+01:00 --target journal --again restored-20-november --send
      """,
    options: gatewayOptions + [
      Option("--from", "TIME", "received from then on, RFC 3339 with an offset"),
      Option("--to", "TIME", "until then"),
      Option("--state", "STATE", "received, translated, failed or rejected"),
      Option("--mapping", "NAME", "messages of this mapping"),
      Option("--version", "VERSION", "messages that this version of it translated"),
      Option("--route", "NAME", "only deliveries by this route"),
      Option("--target", "NAME", "only deliveries to this target"),
      Option("--again", "NAME", "send also what the target has already, once under this name"),
      Option("--send", "do it; otherwise only count"),
    ],
    run: { arguments in
      let gateway = try arguments.gateway()
      var count = ReplayTotal()
      var cursor: String?
      repeat {
        let page = try gateway.send("POST", "/replay", query(arguments, after: cursor)).read(ReplayTotal.self)
        count.add(page)
        cursor = page.next
        progress(count, isDone: cursor == nil)
      } while cursor != nil
      print(count.text(isDone: arguments.has("--send")))
      return count.failed == 0 ? 0 : 1
    })

  private static func query(
    _ arguments: Arguments, after cursor: String?
  ) -> [(name: String, value: String?)] {
    let fields = ["from", "to", "state", "mapping", "version", "route", "target", "again"]
    return fields.map { (name: $0, value: arguments["--" + $0]) } + [
      ("dry-run", arguments.has("--send") ? "false" : "true"), ("limit", "200"), ("after", cursor),
    ]
  }

  private static func progress(_ count: ReplayTotal, isDone: Bool) {
    guard Console.errorIsTerminal else { return }
    FileHandle.standardError.write(Data("\r\(count.messages) messages\(isDone ? "\n" : "")".utf8))
  }
}

/// What a replay has come to so far.
private struct ReplayTotal: Decodable {
  var messages = 0
  var failed = 0
  var removed = 0
  var made = 0
  var edited = 0
  var corrected = 0
  var unchanged = 0
  var next: String?

  mutating func add(_ page: ReplayTotal) {
    messages += page.messages
    failed += page.failed
    removed += page.removed
    made += page.made
    edited += page.edited
    corrected += page.corrected
    unchanged += page.unchanged
  }

  func text(isDone: Bool) -> String {
    let will = isDone ? "" : "would be "
    let rows = [
      (messages, "messages\(isDone ? " translated again" : "")"), (failed, "can't be translated"),
      (removed, "whose content is no longer kept"),
      (made, "deliveries \(will)made"), (edited, "that wait or are dead \(will)given the new document"),
      (corrected, "\(will)sent again, corrected"), (unchanged, "unchanged, not sent"),
    ]
    let lines = rows.map { String($0).padded(8) + $1 }
    return (lines + (isDone ? [] : ["Nothing was done; --send does it."])).joined(separator: "\n")
  }
}
