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
      var count = ReplayCount()
      var cursor: String?
      repeat {
        let page = try gateway.send("POST", "/replay", query(arguments, after: cursor)).read(ReplayPage.self)
        count = count + page.count
        cursor = page.next
        progress(count, isDone: cursor == nil)
      } while cursor != nil
      print(text(count, isDone: arguments.has("--send")))
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

  private static func progress(_ count: ReplayCount, isDone: Bool) {
    guard Console.errorIsTerminal else { return }
    FileHandle.standardError.write(Data("\r\(count.messages) messages\(isDone ? "\n" : "")".utf8))
  }

  private static func text(_ count: ReplayCount, isDone: Bool) -> String {
    let will = isDone ? "" : "would be "
    let rows = [
      (count.messages, "messages\(isDone ? " translated again" : "")"), (count.failed, "can't be translated"),
      (count.removed, "whose content is no longer kept"),
      (count.made, "deliveries \(will)made"),
      (count.edited, "that wait or are dead \(will)given the new document"),
      (count.corrected, "\(will)sent again, corrected"), (count.unchanged, "unchanged, not sent"),
    ]
    let lines = rows.map { String($0).padded(8) + $1 }
    return (lines + (isDone ? [] : ["Nothing was done; --send does it."])).joined(separator: "\n")
  }
}

/// What the gateway did with one page of messages, and where the next begins.
private struct ReplayPage: Decodable {
  let count: ReplayCount
  let next: String?

  init(from decoder: any Decoder) throws {
    count = try ReplayCount(from: decoder)
    next = try decoder.container(keyedBy: Key.self).decodeIfPresent(String.self, forKey: .next)
  }

  private enum Key: CodingKey {
    case next
  }
}
