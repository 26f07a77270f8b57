import Booking
import Synchronization

/// A journal and a video platform in memory, which fail as they are told to, and whose people do things of their own.
final class SimulatedSystems: BookingSystems {
  struct Entry: Equatable {
    var patient: String
    var slot: String
    var isConfirmed: Bool
    /// Held beside the slot, for a move.
    var held: String?
  }

  struct State {
    var journal: [String: Entry] = [:]
    var platform: [String: BookedTime] = [:]
    var registered: Set<String> = []
    /// Bookings that the platform will not have, or not cancel.
    var refusing: Set<String> = []
    /// Of the next calls: whether each is done, and whether its answer arrives.
    var faults: [(isDone: Bool, isAnswered: Bool)] = []

    func owner(of slot: String) -> String? {
      journal.first { $0.value.slot == slot || $0.value.held == slot }?.key
    }
  }

  let state = Mutex(State())

  func call(_ command: BookingCommand, booking: String, key: String) async -> BookingReply {
    state.withLock { state in
      let fault = state.faults.popLast() ?? (true, true)
      guard fault.isDone else { return .unknown }
      let reply = state.perform(command, booking)
      return fault.isAnswered ? reply : .unknown
    }
  }
}

extension SimulatedSystems.State {
  mutating func perform(_ command: BookingCommand, _ id: String) -> BookingReply {
    switch command {
    case .reserve(let time):
      if journal[id] != nil { return .done }
      guard owner(of: time.slot) == nil else { return .refused("taken") }
      journal[id] = .init(patient: time.patient, slot: time.slot, isConfirmed: false)
    case .hold(let slot):
      guard let entry = journal[id] else { return .refused("over") }
      if entry.slot == slot { return .done }
      guard [nil, id].contains(owner(of: slot)) else { return .refused("taken") }
      journal[id]?.held = slot
    case .confirm:
      guard let entry = journal[id] else { return .refused("over") }
      journal[id]?.isConfirmed = true
      journal[id]?.slot = entry.held ?? entry.slot
      journal[id]?.held = nil
    case .release:
      if journal[id]?.isConfirmed == false { journal[id] = nil } else { journal[id]?.held = nil }
    case .change(let slot):
      guard journal[id] != nil else { return .refused("over") }
      guard [nil, id].contains(owner(of: slot)) else { return .refused("taken") }
      journal[id]?.slot = slot
    case .annul: journal[id] = nil
    case .look: return .found(journal[id].map { BookedTime(slot: $0.slot, patient: $0.patient) })
    case .register(let patient): registered.insert(patient)
    case .place(let time):
      guard registered.contains(time.patient) else { return .refused("no such patient") }
      if platform[id] == nil, refusing.contains(id) { return .refused("not here") }
      platform[id] = time
    case .shift(let slot):
      guard let time = platform[id] else { return .refused("no such appointment") }
      if refusing.contains(id) { return .refused("not then") }
      platform[id] = BookedTime(slot: slot, patient: time.patient)
    case .withdraw:
      platform[id] = nil
    }
    return .done
  }
}
