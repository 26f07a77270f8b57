import Booking
import Diagnostics
import Mapping
import Store

/// The journal and the video platform as `booking.yaml` says that they are talked to.
struct NeighbourSystems: BookingSystems {
  /// The rules of the gateway's start: by whose targets the systems are reached.
  let first: BookingRules
  let current: CurrentMappings
  let journal, platform: any BookingLine
  let now: @Sendable () -> Int64

  func call(_ command: BookingCommand, for booking: BookingFile, key: String) async -> BookingAnswer {
    guard var dossier = BookingDossier(kept: booking.dossier) else {
      return BookingAnswer(.refused("nothing is known of the booking"))
    }
    let served = current.served
    let rules = served.bookings ?? first
    let neighbour = command.isForPlatform ? rules.platform : rules.journal
    let call = neighbour.call(command.word)
    dossier.name(first.name, booking.id)
    dossier.hold(command.asked)
    let question: BookingQuestion
    do throws(DiagnosticError) {
      question = try self.question(command, call, neighbour, dossier, key, served)
    } catch {
      return BookingAnswer(.refused("\(call.send) can't write it: \(error.codes)"), dossier: dossier.bytes)
    }
    let line = command.isForPlatform ? platform : journal
    let answer = await line.ask(question, within: neighbour.limit)
    let reply = reply(to: command, answer, call, rules.words, &dossier, served)
    return BookingAnswer(reply, dossier: dossier.bytes)
  }

  // MARK: asking

  private func question(
    _ command: BookingCommand, _ call: BookingRules.Call, _ neighbour: BookingRules.Neighbour,
    _ dossier: BookingDossier, _ key: String, _ served: ServedMappings
  ) throws(DiagnosticError) -> BookingQuestion {
    let document = try write(dossier.bundle(for: command, key: key), as: call.send, key, served)
    let id = neighbour.ids.lazy.compactMap { dossier.identifier($0) }.first ?? ""
    return BookingQuestion(
      contentType: document.contentType, body: document.body, key: key, method: call.method,
      path: call.path.replacing("{id}", with: Self.escaped(id)))
  }

  private func write(
    _ bundle: [UInt8], as name: String, _ id: String, _ served: ServedMappings
  ) throws(DiagnosticError) -> (contentType: String, body: [UInt8]) {
    guard let mapping = served.mappings[name]?.mapping else {
      let place = Place(file: "booking.yaml", line: 1, column: 1)
      throw DiagnosticError([Diagnostic(.unknownMapping(name: name, near: []), at: place)])
    }
    let receipt = Receipt(received: Timestamp.text(milliseconds: now()), id: id)
    let result = served.translators.lend { translator -> Result<[UInt8], DiagnosticError> in
      Result { () throws(DiagnosticError) in
        try translator.readHub(bundle, named: "booking", receipt: receipt)
        return try translator.write(as: mapping)
      }
    }
    return (mapping.mediaType, try result.get())
  }

  /// Of one segment of a path (RFC 3986, 3.3).
  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
      return isPlain ? String(character) : "%" + Hexadecimal.text([byte]).uppercased()
    }.joined()
  }

  // MARK: what is answered

  private func reply(
    to command: BookingCommand, _ answer: BookingLineAnswer, _ call: BookingRules.Call,
    _ words: BookingRules.Words, _ dossier: inout BookingDossier, _ served: ServedMappings
  ) -> BookingReply {
    guard case .answered(let status, let body) = answer else { return .unknown }
    if let outcome = status.flatMap(BookingOutcome.init(status:)) {
      return self.reply(to: command, outcome, nil, words)
    }
    guard let name = call.answer else { return self.reply(to: command, .done, nil, words) }
    // An answer that can't be read may be mended at the other side, or by another mapping.
    guard let bundle = read(body, as: name, served) else { return .unknown }
    let told = BookingDossier(bundle: bundle)
    if let told { dossier.learn(from: told) }
    let outcome = BookingOutcome(HubJSON.resources(bundle))
    let reply = self.reply(to: command, outcome, told, words)
    if case .found(let time) = reply {
      let time = time.map { BookedTime(slot: $0.slot, patient: dossier.patient ?? "") }
      dossier.settle(time?.slot)
      return .found(time)
    }
    return reply
  }

  private func read(_ body: [UInt8], as name: String, _ served: ServedMappings) -> [UInt8]? {
    guard let mapping = served.mappings[name]?.mapping else { return nil }
    let receipt = Receipt(received: Timestamp.text(milliseconds: now()), id: "answer")
    return served.translators.lend { translator -> [UInt8]? in
      do {
        try translator.read(body, as: mapping, named: "answer", receipt: receipt)
      } catch { return nil }
      return translator.hub()
    }
  }

  private func reply(
    to command: BookingCommand, _ outcome: BookingOutcome, _ told: BookingDossier?,
    _ words: BookingRules.Words
  ) -> BookingReply {
    switch outcome {
    case .passing: return .unknown
    case .refused(let why): return .refused(why ?? words.refused)
    case .absent:
      if case .look = command { return .found(nil) }
      return command.isDoneByAbsence ? .done : .refused(words.missing)
    case .done:
      guard case .look = command else { return .done }
      guard let told, !told.isOver, let slot = told.slot else { return .found(nil) }
      return .found(BookedTime(slot: slot, patient: ""))
    }
  }

  // MARK: what the hub is told

  /// What came of it, unless there was never anything.
  func message(about saga: BookingSaga, of booking: BookingFile) -> BookingMessage? {
    guard var dossier = BookingDossier(kept: booking.dossier) else { return nil }
    if case .refused = saga.outcome, booking.time == nil { return nil }
    let served = current.served
    let record = (served.bookings ?? first).record
    dossier.name(first.name, booking.id)
    dossier.settle(booking.time?.slot)
    let time = now()
    let id = Timestamp.identifier(milliseconds: time)
    guard let document = try? write(dossier.bundle(), as: record, id, served) else {
      return nil
    }
    return BookingMessage(
      NewMessage(
        id: id, mapping: record, senderKey: "booking \(saga.intent.id)", received: time,
        contentType: document.contentType, body: document.body))
  }
}
