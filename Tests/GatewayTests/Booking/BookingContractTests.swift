import Foundation
import TestRig
import Testing

/// The eleven contracts of web booking, by zeep with the official WSDLs over mutual TLS, before a journal
/// and a video platform that are real servers.
@Suite(.enabled(if: RunningRIVTA.isPossible, "openssl, zeep or the shared folder is not there"), .serialized)
struct BookingContractTests {
  private func expectValid(_ answers: [RunningRIVTA.Answer], _ operations: [String]) throws {
    for (answer, operation) in zip(answers, operations) {
      let what = Comment(rawValue: "\(operation): \(answer.fault) \(answer.error) \(answer.body)")
      #expect(answer.status == 200 && answer.fault.isEmpty && answer.error.isEmpty, what)
      #expect(try RIVTAContractTests.complaints([answer], .booking(operation)) == "", what)
    }
  }

  @Test("What can be read is answered by the official schemas: times, days, kinds, units, who is there")
  func reading() throws {
    let running = try RunningBookings()
    let whose: [String: Any] = [
      "healthcare_facility": BookingDay.unit, "subject_of_care": BookingDay.patients[0],
    ]
    let calls: [(operation: String, body: [String: Any])] = [
      ("GetAvailableDates", running.day.search()), ("GetAvailableTimeslots", running.day.search()),
      ("GetAllTimeTypes", whose), ("GetAllCareTypes", whose), ("GetAllPerformers", whose),
      ("GetAllHealthcareFacilities", whose), ("GetSubjectOfCareSchedule", whose),
      ("GetAvailableTimeslots", running.day.search(["performer": ["SE-NOBODY"]])),
      ("GetAvailableTimeslots", running.day.search(["timeTypeID": "doctor-video"])),
      ("GetAvailableTimeslots", running.day.search(["timeTypeID": "chat"])),
      (
        "GetAvailableTimeslots",
        running.day.search(["startDateInclusive": "20200101", "endDateInclusive": "20200131"])
      ),
      ("GetAvailableTimeslots", running.day.search(["timeTypeName": "läkarbesök via video"])),
      ("GetAvailableTimeslots", running.day.search(["timeTypeName": "Chatt"])),
      ("GetAvailableTimeslots", running.day.search(["careTypeID": "1514"])),
      ("GetAvailableTimeslots", running.day.search(["careTypeName": "Tandvård"])),
    ]
    let answers = try running.ask(calls)
    try expectValid(answers, calls.map(\.operation))
    #expect(answers[0].texts("date") == [running.day.date])
    #expect(answers[1].texts("startTimeInclusive") == (0..<4).map(running.day.local))
    #expect(answers[2].texts("timeTypeId") == ["doctor-video"])
    #expect(answers[3].texts("careTypeId").count == 1)
    #expect(answers[4].texts("perfomer") == [BookingDay.doctor])
    #expect(answers[6].texts("bookingId") == [])
    #expect(answers[7...].map { $0.texts("startTimeInclusive").count } == [0, 4, 0, 0, 4, 0, 4, 0])
  }

  @Test("Kinds of care are those of the performers asked for, and performers those of the kinds of care")
  func chosen() throws {
    let running = try RunningBookings()
    let asked: [(operation: String, more: [String: Any], element: String, expected: [String])] = [
      ("GetAllCareTypes", ["performer": [BookingDay.doctor]], "careTypeId", ["1514"]),
      ("GetAllCareTypes", ["performer": ["SE-NOBODY"]], "careTypeId", []),
      ("GetAllCareTypes", ["performer": ["SE-NOBODY", BookingDay.doctor]], "careTypeId", ["1514"]),
      ("GetAllCareTypes", ["timeTypeIDs": ["doctor-video"]], "careTypeId", ["1514"]),
      ("GetAllCareTypes", ["timeTypeIDs": ["other"]], "careTypeId", []),
      (
        "GetAllCareTypes", ["timeTypeIDs": ["doctor-video"], "performer": [BookingDay.doctor]], "careTypeId",
        ["1514"]
      ),
      ("GetAllPerformers", ["careTypeIDs": ["1514"]], "perfomer", [BookingDay.doctor]),
      ("GetAllPerformers", ["careTypeIDs": ["9999"]], "perfomer", []),
      ("GetAllPerformers", ["timeTypeIDs": ["doctor-video"]], "perfomer", [BookingDay.doctor]),
      ("GetAllPerformers", ["timeTypeIDs": ["other"]], "perfomer", []),
      (
        "GetAllPerformers", ["timeTypeIDs": ["other"], "careTypeIDs": ["1514"]], "perfomer", []
      ),
      ("GetAllTimeTypes", ["careTypeIDs": ["1514"]], "timeTypeId", ["doctor-video"]),
      ("GetAllTimeTypes", ["careTypeIDs": ["9999"]], "timeTypeId", []),
    ]
    let calls = asked.map { question -> (operation: String, body: [String: Any]) in
      let whose: [String: Any] = [
        "healthcare_facility": BookingDay.unit, "subject_of_care": BookingDay.patients[0],
      ]
      return (question.operation, whose.merging(question.more) { $1 })
    }
    let answers = try running.ask(calls)
    try expectValid(answers, calls.map(\.operation))
    for (answer, question) in zip(answers, asked) {
      let what = Comment(rawValue: "\(question.operation) \(question.more)")
      #expect(answer.texts(question.element) == question.expected, what)
    }
  }

  @Test("A booking is made, shown once, moved and cancelled, in the journal and on the platform alike")
  func changing() throws {
    let running = try RunningBookings()
    let whose: [String: Any] = [
      "healthcare_facility": BookingDay.unit, "subject_of_care": BookingDay.patients[0],
    ]
    let made = try running.ask("MakeBooking", running.day.booking(1))
    let id = try #require(made.texts("bookingId").first)
    #expect(made.texts("resultCode") == ["OK"])
    let one = BookingNeighbours.Time(slot: "S-1", patient: BookingDay.patients[0])
    #expect(try running.neighbours.state().isAgreed)
    #expect(try Array(running.neighbours.state().journal.values) == [one])
    #expect(
      try eventually {
        try running.ask("GetSubjectOfCareSchedule", whose).texts("bookingId") == [id]
      })
    let known: [String: Any] = ["healthcare_facility": BookingDay.unit, "bookingId": id]
    let shown = try running.ask([
      ("GetBookingDetails", known), ("GetAvailableTimeslots", running.day.search()),
      ("GetAllHealthcareFacilities", whose),
      ("UpdateBooking", ["requestedTimeslot": running.day.timeslot(2, booking: id)]),
      ("GetAvailableTimeslots", running.day.search()), ("CancelBooking", known),
      ("GetAvailableTimeslots", running.day.search()), ("CancelBooking", known),
    ])
    try expectValid(
      [made] + shown,
      [
        "MakeBooking", "GetBookingDetails", "GetAvailableTimeslots", "GetAllHealthcareFacilities",
        "UpdateBooking", "GetAvailableTimeslots", "CancelBooking", "GetAvailableTimeslots", "CancelBooking",
      ])
    #expect(shown[0].texts("startTimeInclusive") == [running.day.local(1)])
    #expect(shown[1].texts("startTimeInclusive") == [0, 2, 3].map(running.day.local))
    #expect(shown[2].texts("healthcare_facility") == [BookingDay.unit])
    #expect(shown[3].texts("resultCode") == ["OK"])
    #expect(!shown[4].texts("startTimeInclusive").contains(running.day.local(2)))
    #expect(shown[5].texts("resultCode") == ["OK"])
    // What is over can't be cancelled once more; the patient is told.
    #expect(shown[7].texts("resultCode") == ["ERROR"] && shown[7].texts("resultText").first?.isEmpty == false)
    let state = try running.neighbours.state()
    #expect(state.isAgreed && state.journal.isEmpty)
  }

  @Test("A booking of which journal and platform tell too is shown once")
  func schedule() throws {
    let running = try RunningBookings()
    let id = try running.book(1)
    let key = try #require(try running.neighbours.state().journal.keys.first)
    let notice = String(
      decoding: try RepositoryFolder.bytes("Mappings/journal/cases/booking-new/message.hl7"), as: UTF8.self)
    let day = running.day
    let told = notice.replacing("J-55501|", with: "\(key)|J-1").replacing("S-2026-11-20-1015", with: "S-1")
      .replacing("20261120101500", with: day.local(1)).replacing("20261120103000", with: day.local(2))
    try running.push(Array(told.utf8), "journal/siu")
    let whose: [String: Any] = [
      "healthcare_facility": BookingDay.unit, "subject_of_care": BookingDay.patients[0],
    ]
    let schedule = try running.ask("GetSubjectOfCareSchedule", whose)
    #expect(schedule.texts("bookingId") == [id], Comment(rawValue: schedule.body))
    #expect(schedule.texts("startTimeInclusive") == [day.local(1)])
    let state = try running.neighbours.state()
    #expect(state.isAgreed && state.journal.count == 1)
  }

  @Test("What is refused is refused with a text, and nothing of it stays anywhere")
  func refusals() throws {
    let running = try RunningBookings()
    let others = BookingDay.patients[1]
    let id = try running.book(0)
    #expect(!id.isEmpty)
    #expect(
      try running.neighbours.actInJournal(["do": "book", "booking": "J-1", "slot": "S-1", "patient": "x"])
        != nil)
    let answers = try running.ask([
      // Taken here, and taken in the journal, which has not told it yet; a time that nobody has; nobody's
      // booking.
      ("MakeBooking", running.day.booking(0, patient: others)),
      ("MakeBooking", running.day.booking(1, patient: others)),
      ("MakeBooking", running.day.booking(9, patient: others)),
      ("UpdateBooking", ["requestedTimeslot": running.day.timeslot(1, booking: id)]),
      ("UpdateBooking", ["requestedTimeslot": running.day.timeslot(2, patient: others, booking: id)]),
      ("UpdateBooking", ["requestedTimeslot": running.day.timeslot(2, booking: "none")]),
      ("CancelBooking", ["healthcare_facility": BookingDay.unit, "bookingId": "none"]),
    ])
    for answer in answers {
      let what = Comment(rawValue: answer.body + answer.fault + answer.error)
      #expect(answer.texts("resultCode") == ["ERROR"] && answer.texts("bookingId").isEmpty, what)
      #expect(answer.texts("resultText").first?.isEmpty == false, what)
    }
    #expect(answers[1].texts("resultText") == ["Tiden &#228;r redan bokad."])
    let state = try running.neighbours.state()
    #expect(Set(state.journal.values.map(\.slot)) == ["S-0", "S-1"])
    #expect(state.platform.values.map(\.slot) == ["S-0"] && state.half.isEmpty)
  }

  @Test(
    "The platform's refusal undoes the reservation; lost questions and answers are repeated, and do nothing twice"
  )
  func faults() throws {
    let running = try RunningBookings()
    try running.neighbours.platformFault(["status": 409, "times": 1])
    // The registration is refused.
    #expect(try running.book(0) == "")
    #expect(try running.neighbours.state() == BookingNeighbours.State())
    try running.neighbours.journalFault(["before": 1, "after": 1, "locked": 1])
    try running.neighbours.platformFault(["before": 1, "after": 1])
    #expect(try running.book(0) != "")
    let state = try running.neighbours.state()
    #expect(state.isAgreed && state.journal.count == 1)
    // The same once more, as after an answer that got lost, is the same booking.
    #expect(try running.book(0) != "")
    #expect(try running.neighbours.state() == state)
  }

  @Test("Faults are told as faults: no such booking, another unit's address, a request that fits no contract")
  func soapFaults() throws {
    let running = try RunningBookings(slots: 1)
    let unknown = try running.ask(
      "GetBookingDetails", ["healthcare_facility": BookingDay.unit, "bookingId": "none"])
    #expect(unknown.status == 500 && unknown.fault.contains("VP015"))
    let foreign = try running.ask("MakeBooking", running.day.booking(0), at: "SE-OTHER")
    #expect(foreign.status == 500 && foreign.fault.contains("VP004"))
    let nowhere = try running.ask("GetAvailableTimeslots", running.day.search(), at: "SE-NOWHERE")
    #expect(nowhere.fault.contains("VP004"))
    let elsewhere = try running.ask("GetAvailableTimeslots", running.day.search(), at: "SE-OTHER")
    #expect(elsewhere.status == 200 && elsewhere.texts("startTimeInclusive").isEmpty)
    #expect(try running.neighbours.state() == BookingNeighbours.State())
  }

  @Test("Of many patients who want one slot at the same moment exactly one gets it")
  func contest() async throws {
    let running = try RunningBookings(slots: 1)
    let numbers = (0..<12).map(Self.patient)
    let day = running.day
    let envelopes = numbers.map { Self.envelope(day, patient: $0) }
    let arguments = [
      "-sS", "--max-time", "300", "--cacert", running.certificates.path("authority.pem"), "--cert",
      running.certificates.path("client.pem"), "--key", running.certificates.path("client.key"),
      "-H", "Content-Type: text/xml; charset=utf-8", "--data-binary", "@-",
      running.url + "/rivta/MakeBooking",
    ]
    let told = try await withThrowingTaskGroup(of: String.self) { group in
      for envelope in envelopes {
        group.addTask {
          try Program.run("/usr/bin/curl", arguments, input: Array(envelope.utf8)).told
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(
      told.count { $0.contains("resultCode>OK<") } == 1, Comment(rawValue: told.joined(separator: "\n")))
    #expect(told.count { $0.contains("resultCode>ERROR<") } == 11)
    let state = try running.neighbours.state()
    #expect(state.isAgreed && state.journal.values.map(\.slot) == ["S-0"])
  }

  /// A number with a check digit (Luhn over the last ten).
  private static func patient(_ number: Int) -> String {
    let digits = Array("800101\(100 + number)").compactMap(\.wholeNumberValue)
    let sum = digits.enumerated().reduce(0) { sum, digit in
      let product = digit.offset.isMultiple(of: 2) ? digit.element * 2 : digit.element
      return sum + product / 10 + product % 10
    }
    return "19" + digits.map(String.init).joined() + String((10 - sum % 10) % 10)
  }

  private static func envelope(_ day: BookingDay, patient: String) -> String {
    """
    <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>
    <a:LogicalAddress xmlns:a="urn:riv:itintegration:registry:1">\(BookingDay.unit)</a:LogicalAddress></e:Header><e:Body>
    <r:MakeBooking xmlns:r="urn:riv:crm:scheduling:MakeBookingResponder:1" xmlns:c="urn:riv:crm:scheduling:1" xmlns:s="urn:riv:crm:scheduling:1.1">
    <r:healthcare_facility_med>\(BookingDay.unit)</r:healthcare_facility_med><r:requestedTimeslot>
    <c:startTimeInclusive>\(day.local(0))</c:startTimeInclusive><c:endTimeExclusive>\(day.local(1))</c:endTimeExclusive>
    <c:healthcare_facility>\(BookingDay.unit)</c:healthcare_facility><c:subject_of_care>\(patient)</c:subject_of_care>
    </r:requestedTimeslot><r:subject_of_care_info><s:firstName>Test</s:firstName><s:lastName>Testsson</s:lastName>
    </r:subject_of_care_info></r:MakeBooking></e:Body></e:Envelope>
    """
  }

  @Test(
    "With the store in PostgreSQL bookings are made, moved and cancelled, and two never get one time",
    .enabled(if: PostgreSQLServer.isInstalled, "scripts/setup installs PostgreSQL"))
  func onPostgreSQL() throws {
    let server = try PostgreSQLServer.shared.get()
    try server.psql("CREATE SCHEMA bookings")
    let store = "store: {postgresql: {connection: '\(server.connection(to: "bookings"))'}}\n"
    let running = try RunningBookings(slots: 3, store: store)
    // Three want one time.
    let ids = try running.ask(
      BookingDay.patients.map { ("MakeBooking", running.day.booking(0, patient: $0)) }
    ).map { $0.texts("bookingId").first ?? "" }
    #expect(ids.filter { !$0.isEmpty }.count == 1 && !ids[0].isEmpty)
    let other = try running.book(1, patient: BookingDay.patients[1])
    #expect(!other.isEmpty)
    let moved = try running.ask(
      "UpdateBooking", ["requestedTimeslot": running.day.timeslot(2, booking: ids[0])])
    #expect(moved.texts("resultCode") == ["OK"], Comment(rawValue: moved.body + moved.fault))
    let cancelled = try running.ask(
      "CancelBooking", ["healthcare_facility": BookingDay.unit, "bookingId": other])
    #expect(cancelled.texts("resultCode") == ["OK"], Comment(rawValue: cancelled.body + cancelled.fault))
    #expect(
      try running.comesTo { state in
        state.isAgreed && state.journal.values.map(\.slot) == ["S-2"]
      })
  }
}
