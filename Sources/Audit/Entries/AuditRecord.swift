/// An entry as the log holds it: the patient's part is sealed.
///
/// The canonical form of version 1, which is never changed; article <doc:Verifying> describes it for others.
public struct AuditRecord: Sendable, Equatable {
  /// The first byte of each record.
  public static let version: UInt8 = 1

  /// Everything but the patient and the detail.
  public let event: AuditEvent
  /// The patient's part.
  public let patient: SealedPatient?

  /// A record of an event and a patient who is sealed already.
  init(_ event: AuditEvent, _ patient: SealedPatient?) {
    var event = event
    if event.patient != nil { event.patient = nil }
    if !event.detail.isEmpty { event.detail = "" }
    self.event = event
    self.patient = patient
  }

  /// Reads a record; nil when the bytes are not exactly what ``bytes()`` writes.
  public init?(_ bytes: [UInt8]) {
    var reader = RecordReader(bytes)
    guard reader.byte() == Self.version, let event = AuditEvent(&reader), let kind = reader.byte() else {
      return nil
    }
    switch kind {
    case 0: patient = nil
    case 1, 2:
      guard let sealed = SealedPatient(&reader, hasContent: kind == 1) else { return nil }
      patient = sealed
    default: return nil
    }
    guard reader.isAtEnd else { return nil }
    self.event = event
  }

  /// The canonical bytes. Throws ``AuditError/tooLong(field:)``.
  public func bytes() throws(AuditError) -> [UInt8] {
    try bytes(behind: Self.context(of: event))
  }

  /// Likewise, when what precedes the patient's part is there already.
  func bytes(behind context: [UInt8]) throws(AuditError) -> [UInt8] {
    var writer = RecordWriter(behind: context)
    let kind: UInt8 = patient.map { $0.content == nil ? 2 : 1 } ?? 0
    writer.put(kind)
    try patient?.write(to: &writer)
    return writer.bytes
  }

  /// What the patient's part is bound to: everything before it.
  static func context(of event: AuditEvent) throws(AuditError) -> [UInt8] {
    var writer = RecordWriter()
    try writeOpen(event, to: &writer)
    return writer.bytes
  }

  private static func writeOpen(_ event: AuditEvent, to writer: inout RecordWriter) throws(AuditError) {
    writer.put(version)
    try event.write(to: &writer)
  }
}

extension AuditEvent {
  /// The fields that are not sealed, in the order of the record.
  func write(to writer: inout RecordWriter) throws(AuditError) {
    writer.put(time)
    writer.put(outcome.rawValue)
    try writer.put(action.rawValue, as: "action")
    try writer.put(system, as: "system")
    try writer.put(person, as: "person")
    try writer.put(role, as: "role")
    try writer.put(assignment, as: "assignment")
    try writer.put(careUnit, as: "care unit")
    try writer.put(careGiver, as: "care giver")
    try writer.put(purpose, as: "purpose")
    try writer.put(route, as: "route")
    try writer.put(message, as: "message")
    try writer.put(correlation, as: "correlation")
    guard resourceKinds.count < 256 else { throw .tooLong(field: "resource kinds") }
    writer.put(UInt8(resourceKinds.count))
    for kind in resourceKinds { try writer.put(kind, as: "resource kinds") }
    guard writer.bytes.count < 60_000 else { throw .tooLong(field: "resource kinds") }
  }

  init?(_ reader: inout RecordReader) {
    guard let time = reader.number(), let outcome = reader.byte().flatMap(AuditOutcome.init),
      let action = reader.text().flatMap(AuditAction.init), let system = reader.text(),
      let person = reader.text(), let role = reader.text(), let assignment = reader.text(),
      let careUnit = reader.text(), let careGiver = reader.text(), let purpose = reader.text(),
      let route = reader.text(), let message = reader.text(), let correlation = reader.text(),
      let count = reader.byte()
    else { return nil }
    var kinds: [String] = []
    for _ in 0..<count {
      guard let kind = reader.text() else { return nil }
      kinds.append(kind)
    }
    self.init(
      time: time, action: action, outcome: outcome, system: system, person: person, role: role,
      assignment: assignment, careUnit: careUnit, careGiver: careGiver, purpose: purpose, route: route,
      message: message, correlation: correlation, resourceKinds: kinds)
  }
}
