import Gateway

extension Subcommand {
  static let token = Subcommand(
    name: "token",
    summary: "Makes a token for a system.",
    usage: "new",
    text: """
      Prints a new token, which is nowhere kept, and its hash, which belongs into the system's `tokens` in sluss.yaml. Give
      the token to the system; it sends it with each request as `Authorization: Bearer TOKEN`.

        sluss token new
        sluss token new | sed -n 's/^hash: *//p'
      """,
    options: [],
    run: { arguments in
      guard arguments.words == ["new"] else { throw UsageError(message: "write `sluss token new`.") }
      var random = SystemRandomNumberGenerator()
      let token = AccessToken(using: &random)
      print("token: \(token.text)\nhash:  \(token.hash)")
      return 0
    })
}
