import Mapping

/// The keys of `booking.yaml` in the mappings' folder.
enum BookingKeys {
  static let file = KeyTable(
    "the rules of bookings",
    [
      KeyDefinition("name", .text, "The system of the identifiers that bookings get here.", isRequired: true),
      KeyDefinition("words", .block(words), "What patients read."),
      KeyDefinition("web", .map(.name, .block(service)), "The services of contracts that change bookings."),
      KeyDefinition("free-times", .block(freeTimes), "How the free time is found that a request means."),
      KeyDefinition(
        "heard", .map(.name, .choice(["journal", "platform"])),
        "The gateway's own targets, and who tells what through them."),
      KeyDefinition("record", .text, "The mapping of the message that tells the hub.", isRequired: true),
      KeyDefinition("journal", .block(neighbour), "The system of record.", isRequired: true),
      KeyDefinition("platform", .block(neighbour), "The video platform.", isRequired: true),
    ])

  static let words = KeyTable(
    "the words",
    [
      KeyDefinition("taken", .text, "The time is somebody else's."),
      KeyDefinition("missing", .text, "There is no such booking."),
      KeyDefinition("late", .text, "It took too long, and nothing is booked."),
      KeyDefinition("refused", .text, "A system refuses and says not why."),
    ])

  static let service = KeyTable(
    "a booking service",
    [
      KeyDefinition("wish", .choice(["book", "move", "cancel"]), "What it does.", isRequired: true),
      KeyDefinition("request", .text, "The mapping of the request.", isRequired: true),
      KeyDefinition("answer", .text, "The mapping of the answer.", isRequired: true),
    ])

  static let freeTimes = KeyTable(
    "free times",
    [
      KeyDefinition("shown-by", .text, "The mapping of the answer that shows free times.", isRequired: true),
      KeyDefinition("records", .text, "The element of it that holds one.", isRequired: true),
      KeyDefinition("asked-in", .text, "The element of a request that holds the one that is meant."),
      KeyDefinition(
        "same", .list(of: .text), "What is the same in both; what a request leaves out is not asked.",
        isRequired: true),
    ])

  static let neighbour = KeyTable(
    "a system",
    [
      KeyDefinition("target", .text, "Its target in sluss.yaml, over HTTP or MLLP.", isRequired: true),
      KeyDefinition("limit", .matching(.duration), "How long one call may take (5 s)."),
      KeyDefinition("ids", .list(of: .text), "By which identifiers it knows a booking, for `{id}` in paths."),
      KeyDefinition("send", .text, "The mapping that writes what is asked."),
      KeyDefinition("answer", .text, "The mapping that reads what is answered."),
      KeyDefinition(
        "calls", .map(.name, .block(call)),
        "What differs: reserve, hold, confirm, release, change, annul, look; register, place, shift, withdraw."
      ),
    ])

  static let call = KeyTable(
    "a call",
    [
      KeyDefinition("send", .text, "The mapping that writes it.", isRequired: true),
      KeyDefinition("answer", .text, "The mapping that reads the answer; without it its status says all."),
      KeyDefinition("method", .choice(["POST", "PUT", "PATCH", "DELETE"]), "The method (POST)."),
      KeyDefinition("path", .text, "Behind the target's URL; `{id}` is what the system calls the booking."),
    ])
}
