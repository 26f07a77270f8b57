/// MakeBooking, UpdateBooking and CancelBooking (crm:scheduling 1.1): a saga begins, and the answer tells
/// how it ended.
///
/// A booking that is not confirmed in time is taken back, and the answer says that nothing is booked.
/// Whether a moving or a cancellation comes through can't be said then: that is a fault, and the saga goes
/// on.
struct BookingService: RIVTAService {
  /// What `booking.yaml` calls it.
  let name: String
  /// The rules of the gateway's start, for when the file is gone.
  let first: BookingRules
  let records: PatientRecords
  let worker: BookingWorker

  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer {
    let rules = call.served.bookings ?? first
    guard let service = rules.services[name] else {
      throw RIVTAFault(.noRoute, "nobody answers \(call.contract.name)")
    }
    return try await BookingRequest(
      service: service, rules: rules, name: first.name, records: records, worker: worker, call: call
    ).answer()
  }
}
