import Dispatch
import Foundation
import Gateway
import Mapping
import Store
import Synchronization

/// A store with many patients, each with a care contact.
struct NPOCrowd {
  private static let key = Array("a key of no secrecy, 32 bytes long".utf8).prefix(32)
  private static let threads = 2
  private static let batch = 500

  let folder: String
  let patients: Int

  /// 12 digits that nobody has.
  func patient(_ number: Int) -> String {
    let digits = String(number &* 7_919 % patients)
    return "1850" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Makes the store. A store of so many patients that lies in the folder is taken as it is, so that a measurement
  /// can be repeated.
  func fill() throws {
    let made = folder + "/data/made-\(patients)"
    guard !FileManager.default.fileExists(atPath: made) else { return }
    let began = ContinuousClock.now
    try make()
    _ = FileManager.default.createFile(atPath: made, contents: nil)
    Rate.report("npo.filled", Double(patients) / (ContinuousClock.now - began).inSeconds)
  }

  private func make() throws {
    let library = try MappingFolder.load("Mappings")
    try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    let file = folder + "/data/pseudonym.key"
    _ = FileManager.default.createFile(
      atPath: file, contents: Data(Self.key), attributes: [.posixPermissions: 0o600])
    // A gateway that has seen the empty store knows that nothing in it has to be indexed anew.
    let gateway = try Gateway(
      mappings: "Mappings",
      try GatewayConfiguration(text: "port: 0\ndata: \(folder)/data\nsystems: anybody\n", named: "sluss.yaml")
    )
    sleep(3)
    gateway.stop()
    let store = try SQLiteMessageStore(path: folder + "/data/sluss.sqlite")
    defer { store.close() }
    // What all share is there before the others tell it again.
    try add(0..<1, library, store)
    let failure = Mutex<(any Error)?>(nil)
    let share = (patients + Self.threads - 1) / Self.threads
    DispatchQueue.concurrentPerform(iterations: Self.threads) { thread in
      do {
        try add(max(1, thread * share)..<min(patients, (thread + 1) * share), library, store)
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func add(_ numbers: Range<Int>, _ library: MappingLibrary, _ store: SQLiteMessageStore) throws {
    let translator = Translator(library)
    let merger = HubMerger(library, names: HubPseudonyms(key: Array(Self.key)))
    let mapping = try library.mapping("npo/care-contacts")
    let ended = DispatchSemaphore(value: 0)
    let failures = Mutex<[StoreError]>([])
    for first in stride(from: numbers.lowerBound, to: numbers.upperBound, by: Self.batch) {
      var changes: [HubChange] = []
      for number in first..<min(first + Self.batch, numbers.upperBound) {
        let receipt = Receipt(received: "2026-11-21T10:15:00+01:00", id: "m-\(number)")
        try translator.read(Array(contact(number).utf8), as: mapping, named: "bench", receipt: receipt)
        let event = HubEvent(
          message: "m-\(number)", mapping: mapping.name, mappingVersion: "1", received: 1_795_000_000_000,
          bundle: translator.hub())
        changes += try merger.merge(event, over: store).changes
      }
      store.apply(changes) { result in
        if case .failure(let error) = result { failures.withLock { $0.append(error) } }
        ended.signal()
      }
      ended.wait()
      if let error = failures.withLock({ $0.first }) { throw error }
    }
  }

  private func contact(_ number: Int) -> String {
    """
    <r:GetCareContactsResponse xmlns:r="urn:riv:clinicalprocess:logistics:logistics:GetCareContactsResponder:3" \
    xmlns:c="urn:riv:clinicalprocess:logistics:logistics:3"><r:careContact><c:careContactHeader>\
    <c:documentId>K-\(number)</c:documentId><c:sourceSystemHSAId>SE-SYSTEM-1</c:sourceSystemHSAId>\
    <c:patientId><c:id>\(patient(number))</c:id><c:type>1.2.752.129.2.1.3.1</c:type></c:patientId>\
    <c:accountableHealthcareProfessional><c:authorTime>20260101120000</c:authorTime>\
    <c:healthcareProfessionalHSAId>SE-DOCTOR</c:healthcareProfessionalHSAId>\
    <c:healthcareProfessionalName>Doktor Test</c:healthcareProfessionalName>\
    <c:healthcareProfessionalOrgUnit><c:orgUnitHSAId>SE-UNIT-1</c:orgUnitHSAId><c:orgUnitName>Enhet</c:orgUnitName>\
    </c:healthcareProfessionalOrgUnit>\
    <c:healthcareProfessionalCareUnitHSAId>SE-UNIT-1</c:healthcareProfessionalCareUnitHSAId>\
    <c:healthcareProfessionalCareGiverHSAId>SE-GIVER-1</c:healthcareProfessionalCareGiverHSAId>\
    </c:accountableHealthcareProfessional><c:approvedForPatient>true</c:approvedForPatient></c:careContactHeader>\
    <c:careContactBody><c:careContactCode><c:code>1</c:code><c:codeSystem>1.2.752.129.2.2.2.25</c:codeSystem>\
    <c:displayName>Besök</c:displayName></c:careContactCode>\
    <c:careContactOrgUnit><c:orgUnitHSAId>SE-UNIT-1</c:orgUnitHSAId><c:orgUnitName>Enhet</c:orgUnitName></c:careContactOrgUnit>\
    <c:careContactTimePeriod><c:start>20260101120000</c:start><c:end>20260101120000</c:end></c:careContactTimePeriod>\
    <c:careContactStatus><c:code>53671000052101</c:code><c:codeSystem>1.2.752.116.2.1.1</c:codeSystem>\
    <c:displayName>avslutad</c:displayName></c:careContactStatus></c:careContactBody></r:careContact>\
    <r:result><c:resultCode>OK</c:resultCode><c:logId>x</c:logId></r:result></r:GetCareContactsResponse>
    """
  }

  // MARK: bare reading

  /// How many patients' rows can be read in a second: what an answer is made of, and nothing made of it.
  func readRate(threads: Int, seconds: Double) throws -> Double {
    let library = try MappingFolder.load("Mappings")
    let questions = HubQuestions(library, names: HubPseudonyms(key: Array(Self.key)))
    let store = try SQLiteMessageStore(path: folder + "/data/sluss.sqlite")
    defer { store.close() }
    let shared = try sharedNames(store)
    let end = ContinuousClock.now + .seconds(seconds)
    let count = Mutex(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      var number = thread
      do {
        while ContinuousClock.now < end {
          var question = HubQuestion(type: "Patient")
          question.values = [
            ("identifier", ["http://electronichealth.se/identifier/personnummer|\(patient(number))"])
          ]
          let found = try store.resources(matching: try questions.query(question), limit: 1000).resources
          precondition(found.count == 1, "patient \(number) is not there")
          for kind in ["Encounter", "Appointment", "Provenance"] {
            _ = try store.resources(matching: HubQuery(under: found.map(\.id), type: kind), limit: 1000)
          }
          _ = try store.resources(shared)
          number += threads
          count.withLock { $0 += 1 }
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return Double(count.withLock { $0 }) / seconds
  }

  /// What all contacts refer to: the doctor's role and the unit.
  private func sharedNames(_ store: SQLiteMessageStore) throws -> [HubKey] {
    try store.materials(limit: 50).map(\.resource).filter { $0.patient == nil && $0.type != "Patient" }.map(
      \.id)
  }
}
