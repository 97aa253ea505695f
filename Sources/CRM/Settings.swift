package import Vault

extension Book {
  /// What a book allows and how long things hold; each value is a named limit.
  package struct Settings: Sendable {
    /// How hard a password is to try.
    package var passwordCost = ScryptCost.service
    /// Password hashes that run at the same time.
    package var passwordsRunning = 2
    /// Password hashes that may wait; the next sign-in is refused as busy.
    package var passwordsWaiting = 16

    /// Seconds without a request after which a session of a client or policyholder ends.
    package var clientIdleSeconds: Int64 = 15 * 60
    /// Seconds without a request after which a session of a broker or of the staff ends.
    package var staffIdleSeconds: Int64 = 30 * 60
    /// Seconds after which a session of a client or policyholder ends in any case.
    package var clientSessionSeconds: Int64 = 12 * 3600
    /// Seconds after which a session of a broker or of the staff ends in any case.
    package var staffSessionSeconds: Int64 = 8 * 3600
    /// Seconds between two writes of when a session was last seen.
    package var lastSeenSeconds: Int64 = 60

    /// Failed sign-ins of one account before the first delay.
    package var freeAttemptsPerAccount = 3
    /// Failed sign-ins from one network before the first delay.
    package var freeAttemptsPerNetwork = 20
    /// The longest delay after failed sign-ins, in seconds.
    package var longestDelaySeconds: Int64 = 15 * 60
    /// Seconds after the last failure when the count of failures starts anew.
    package var attemptMemorySeconds: Int64 = 24 * 3600
    /// Accounts and networks with failures that are remembered.
    package var rememberedBuckets = 50_000

    /// Seconds that the answer to an idempotency key is kept.
    package var idempotencySeconds: Int64 = 24 * 3600
    /// Entries of a history page at most.
    package var longestPage = 200
    /// Questions of this prefix are about health: brokers do not see their answers.
    package var healthQuestionPrefix = "health-"
    /// Questions about health beside those of the prefix.
    package var healthQuestions: Set<String> = ["smoker", "chronic-conditions"]

    /// The usual settings.
    package init() {}
  }
}
