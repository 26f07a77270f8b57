import Foundation
import TestRig
import Testing

/// `sluss messages` against a running gateway, as people use it.
@Suite("sluss messages", .timeLimit(.minutes(60)))
struct MessagesCommandTests {
  @Test("lists, traces and shows what came and what became of it, also by patient, state, route and key")
  func looking() throws {
    let gateway = try OperatedGateway()
    let first = try gateway.push(OperatedGateway.event("V1"))
    let second = try gateway.push(OperatedGateway.event("V2", patient: "201212121212"))
    #expect(first.status == 202 && second.status == 202)
    let number = try #require(
      try gateway.deliveries(of: first.id, in: "delivered").first?["number"] as? Int)
    try gateway.deliveries(of: second.id, in: "delivered")

    let list = try gateway.run(as: "watcher", "messages", "list")
    #expect(list.status == 0 && list.says("NUMBER MESSAGE ROUTE TARGET STATE"))
    #expect(list.output.contains(first.id) && list.output.contains(second.id))
    let mine = try gateway.run(as: "watcher", "messages", "list", "--patient", "-", input: "191212121212\n")
    #expect(mine.output.contains(first.id) && !mine.output.contains(second.id))
    let dead = try gateway.run(as: "watcher", "messages", "list", "--state", "dead")
    #expect(dead.status == 0 && !dead.output.contains(first.id))
    let translated = try gateway.run(as: "watcher", "messages", "search", "--state", "translated")
    #expect(translated.says("MESSAGE MAPPING STATE RECEIVED BYTES VERSION"))
    #expect(translated.says("\(second.id) a/visit translated"))
    let keyed = try gateway.run(as: "watcher", "messages", "list", "--key", "V2")
    #expect(keyed.says(second.id) && !keyed.says(first.id))
    let later = try gateway.run(as: "watcher", "messages", "list", "--from", "2100-01-01T00:00:00Z")
    #expect(later.status == 0 && !later.output.contains(first.id))
    #expect(try gateway.run(as: "watcher", "messages", "list", "--from", "yesterday").status == 1)
    #expect(try gateway.run(as: "watcher", "messages", "list", "--state", "gone").status == 1)
    #expect(try gateway.run(as: "watcher", "messages", "fly").status == 2)

    let trace = try gateway.run(as: "watcher", "messages", "trace", first.id)
    #expect(
      trace.says("\(first.id) a/visit translated") && trace.says("\(number) \(first.id) visits journal"))
    #expect(!trace.told.contains("Tolvansson") && !trace.told.contains("191212121212"))
    let shown = try gateway.run(as: "reader", "messages", "show", first.id)
    #expect(shown.status == 0 && shown.output.contains("Tolvansson"))
    let document = try gateway.run(as: "reader", "messages", "show", String(number))
    #expect(document.output.contains("<") && document.output.contains("Tolvansson"))
    #expect(try gateway.run(as: "watcher", "messages", "trace", "no-such").says("sluss: there is no message"))
  }

  @Test("retries, edits and skips dead deliveries, alone or all that match")
  func acting() throws {
    let gateway = try OperatedGateway()
    try gateway.journal.answer(#"{"status": 422}"#)
    var numbers: [String] = []
    for (index, patient) in ["191212121212", "201212121212", "189001019802"].enumerated() {
      let id = try gateway.push(OperatedGateway.event("V\(index)", patient: patient)).id
      numbers += try gateway.deliveries(of: id, in: "dead").compactMap {
        ($0["number"] as? Int).map(String.init)
      }
    }
    #expect(numbers.count == 3)
    let list = try gateway.run(as: "clerk", "messages", "list", "--state", "dead", "--target", "journal")
    #expect(numbers.allSatisfy(list.says) && list.output.contains("the target answers 422"))

    let folder = gateway.folder
    try "<mended/>".write(toFile: folder + "/mended.xml", atomically: true, encoding: .utf8)
    let edit = try gateway.run(as: "editor", "messages", "edit", numbers[0], folder + "/mended.xml")
    #expect(edit.status == 0 && edit.output.contains("sluss messages retry \(numbers[0])"))
    let skip = try gateway.run(as: "clerk", "messages", "skip", numbers[1])
    #expect(skip.status == 2)
    let skipped = try gateway.run(
      as: "clerk", "messages", "skip", numbers[1], "--reason", "told by telephone & <letter>")
    #expect(skipped.status == 0)
    try gateway.journal.answer("{}")
    let before = try gateway.journal.requests().count
    let retry = try gateway.run(as: "clerk", "messages", "retry", "--state", "dead", "--target", "journal")
    #expect(retry.status == 0 && retry.errors.contains("2 retried, 0 refused"))
    #expect(try gateway.journal.requests(atLeast: before + 2).contains { $0.text == "<mended/>" })
    #expect(
      try eventually {
        try gateway.run(as: "clerk", "messages", "list", "--state", "delivered").output
          .split(separator: "\n").count == 3
      })
    let ended = try gateway.run(as: "clerk", "messages", "retry", numbers[1])
    #expect(ended.status == 1 && ended.errors.contains("it is skipped"))
    let told = try gateway.run(as: "clerk", "messages", "list", "--state", "skipped")
    #expect(told.output.contains("told by telephone & <letter>"))
    #expect(try gateway.run(as: "clerk", "messages", "retry").status == 2)
  }

  @Test("keeps seeing, seeing what is inside, and rerunning apart, for each mapping")
  func rights() throws {
    let gateway = try OperatedGateway()
    try gateway.journal.answer(#"{"status": 422}"#)
    let id = try gateway.push(OperatedGateway.event("V1")).id
    let number = try #require(try gateway.deliveries(of: id, in: "dead").first?["number"] as? Int)
    try "<x/>".write(toFile: gateway.folder + "/x.xml", atomically: true, encoding: .utf8)
    func status(_ name: String?, _ words: String...) throws -> Int32 {
      var environment = ["SLUSS_URL": gateway.sluss.url]
      if let name { environment["SLUSS_TOKEN"] = gateway.tokens[name] }
      let outcome = try SlussProcess.run(words, environment)
      #expect(outcome.status == 0 || !outcome.told.contains("Tolvansson"))
      return outcome.status
    }
    let (one, file) = (String(number), gateway.folder + "/x.xml")
    for name in ["watcher", "reader", "clerk", "editor"] {
      #expect(try status(name, "messages", "trace", id) == 0, "\(name)")
    }
    for name in ["pusher", "meter", "stranger", nil] {
      #expect(try status(name, "messages", "trace", id) == 1, "\(name ?? "nobody")")
      #expect(try status(name, "messages", "show", one) == 1, "\(name ?? "nobody")")
      #expect(try status(name, "messages", "retry", one) == 1, "\(name ?? "nobody")")
    }
    for name in ["watcher", "clerk"] { #expect(try status(name, "messages", "show", one) == 1, "\(name)") }
    for name in ["reader", "editor"] { #expect(try status(name, "messages", "show", one) == 0, "\(name)") }
    for name in ["watcher", "reader"] {
      #expect(try status(name, "messages", "retry", one) == 1, "\(name)")
      #expect(try status(name, "messages", "skip", one, "--reason", "no") == 1, "\(name)")
      #expect(try status(name, "replay") == 1, "\(name)")
    }
    for name in ["watcher", "reader", "clerk"] {
      #expect(try status(name, "messages", "edit", one, file, "--type", "text/xml") == 1, "\(name)")
    }
    #expect(try status("editor", "messages", "edit", one, file) == 0)
    #expect(try status("clerk", "messages", "retry", one) == 0)
    #expect(try gateway.run(as: "clerk", "messages", "show", id).output.contains("Tolvansson") == false)
    let list = try gateway.run(as: "stranger", "messages", "list", "--state", "translated")
    #expect(list.status == 0 && !list.output.contains(id))
    #expect(try gateway.run(as: "stranger", "replay").says("0 messages"))
  }
}
