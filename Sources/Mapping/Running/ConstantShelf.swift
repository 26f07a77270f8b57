import Documents

/// The constants of the plans that a workspace wrote by lately. They stay at the beginning of the forest's text from
/// message to message, so that they are copied once and not for every message.
struct ConstantShelf: ~Copyable {
  struct Place: BitwiseCopyable {
    let plan: UnsafeRawPointer
    let start: Int
  }

  /// How much text may stay; a workspace that works for very many mappings starts anew now and then.
  private static let mostBytes = 1 << 18

  private var places = Arena<Place>(capacity: 16)
  /// Keeps the plans, hence their addresses, alive.
  private var plans: [Writing] = []
  /// The plans whose constants were needed and did not stand here.
  private var missed: [Writing] = []
  /// How much of the forest's text they take.
  private(set) var length = 0

  /// Where the constants of a plan lie.
  mutating func start(of plan: Writing, in text: inout Arena<UInt8>) -> Int {
    let address = UnsafeRawPointer(Unmanaged.passUnretained(plan).toOpaque())
    for i in 0..<places.count where places[i].plan == address { return places[i].start }
    missed.append(plan)
    return plan.addConstants(to: &text)
  }

  /// Puts the missed ones into the text, which holds nothing else.
  mutating func refill(_ text: inout Arena<UInt8>) {
    guard !missed.isEmpty else { return }
    if length > Self.mostBytes {
      places.truncate(to: 0)
      plans = []
      text.truncate(to: 0)
    }
    for plan in missed {
      let address = UnsafeRawPointer(Unmanaged.passUnretained(plan).toOpaque())
      places.append(Place(plan: address, start: plan.addConstants(to: &text)))
    }
    plans += missed
    missed = []
    length = text.count
  }
}
