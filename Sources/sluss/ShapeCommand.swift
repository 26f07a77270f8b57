extension Subcommand {
  static let shape = Subcommand(
    name: "shape",
    summary: "Drafts a shape, from example documents.",
    usage: "infer FILE… [--name SYSTEM/NAME]",
    text: """
      Prints the draft of a NAME.shape.yaml; nothing is written.

        infer FILE…   from examples in JSON or XML: what stands in all of them is required, and a value's type is the
                      narrowest that all its values have

        sluss shape infer --name clinic/booking bookings/*.json > Mappings/clinic/booking.shape.yaml
      """,
    options: [Option("--name", "NAME", "the shape's name, its path in the folder of mappings")],
    run: { arguments in
      switch arguments.words.first {
      case "infer": try inferShape(arguments)
      default: throw UsageError(message: "what shall be done? `infer`.")
      }
    })
}
