import Storage

/// The schema of the book, as steps that are never edited once shipped.
///
/// A table that belongs to a client begins its primary key with the tenant and the client, so that
/// a distributed PostgreSQL can shard by it. Large rows are kept in row order, small ones that are
/// read in key order lie clustered by the key.
enum Schema {
  static let migrations: [Migration] = [
    Migration("clients", clients),
    Migration("access", access),
    Migration("history", history),
    Migration("decisions", decisions),
    Migration("catalogue", catalogue),
    Migration("kept-editions", KeptEdition.schema),
    Migration("rule-life", RuleLife.schema),
    Migration("responses", OfferResponse.schema),
    Migration(
      "arbitration",
      ["ALTER TABLE decision ADD COLUMN arbitration \(.text) NOT NULL DEFAULT '0'"]),
    Migration("outcomes-once", outcomesOnce),
    Migration(
      "frozen-responses",
      ["ALTER TABLE response ADD COLUMN counted \(.integer) NOT NULL DEFAULT 1"]),
    Migration(
      "engine", ["ALTER TABLE decision ADD COLUMN engine \(.text) NOT NULL DEFAULT ''"]),
    Migration("entries-once", ["CREATE INDEX event_id ON event (tenant, client, id)"]),
  ]

  private static let clients: [SQL] = [
    """
    CREATE TABLE client (
      tenant \(.text) NOT NULL, id \(.text) NOT NULL, created \(.integer) NOT NULL,
      revision \(.integer) NOT NULL, identity \(.bytes) NOT NULL,
      index_epoch \(.integer) NOT NULL, email_index \(.bytes), phone_index \(.bytes),
      document_index \(.bytes), source_index \(.bytes), PRIMARY KEY (tenant, id)
    ) \(.strict)
    """,
    "CREATE INDEX client_email ON client (tenant, email_index)",
    "CREATE INDEX client_phone ON client (tenant, phone_index)",
    "CREATE UNIQUE INDEX client_document ON client (tenant, document_index)",
    "CREATE UNIQUE INDEX client_source ON client (tenant, source_index)",
    """
    CREATE TABLE client_summary (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, version \(.integer) NOT NULL,
      digest \(.bytes) NOT NULL, facts \(.bytes) NOT NULL, PRIMARY KEY (tenant, client)
    ) \(.strict)
    """,
    """
    CREATE TABLE answer_set (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, questionnaire \(.text) NOT NULL,
      revision \(.integer) NOT NULL, form_version \(.integer) NOT NULL,
      complete \(.integer) NOT NULL, updated \(.integer) NOT NULL, answers \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, client, questionnaire)
    ) \(.strict)
    """,
    """
    CREATE TABLE colleague (
      tenant \(.text) NOT NULL, id \(.text) NOT NULL, role \(.text) NOT NULL,
      revision \(.integer) NOT NULL, identity \(.bytes) NOT NULL, PRIMARY KEY (tenant, id)
    ) \(.strict)
    """,
    """
    CREATE TABLE mandate (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, broker \(.text) NOT NULL,
      since \(.text) NOT NULL, until \(.text), scope \(.text) NOT NULL,
      created \(.integer) NOT NULL, PRIMARY KEY (tenant, client, broker, since)
    ) \(.clustered)
    """,
    "CREATE INDEX mandate_broker ON mandate (tenant, broker, client)",
  ]

  private static let access: [SQL] = [
    """
    CREATE TABLE credential (
      tenant \(.text) NOT NULL, id \(.text) NOT NULL, login_index \(.bytes) NOT NULL,
      index_epoch \(.integer) NOT NULL, role \(.text) NOT NULL, subject \(.text) NOT NULL,
      hash \(.text) NOT NULL, disabled \(.integer) NOT NULL, created \(.integer) NOT NULL,
      PRIMARY KEY (tenant, id)
    ) \(.strict)
    """,
    "CREATE UNIQUE INDEX credential_login ON credential (tenant, login_index)",
    "CREATE INDEX credential_subject ON credential (tenant, subject)",
    """
    CREATE TABLE attempt (
      tenant \(.text) NOT NULL, bucket \(.bytes) NOT NULL, failures \(.integer) NOT NULL,
      held_until \(.integer) NOT NULL, updated \(.integer) NOT NULL,
      PRIMARY KEY (tenant, bucket)
    ) \(.clustered)
    """,
    "CREATE INDEX attempt_updated ON attempt (tenant, updated)",
    """
    CREATE TABLE session (
      tenant \(.text) NOT NULL, digest \(.bytes) NOT NULL, id \(.text) NOT NULL,
      credential \(.text) NOT NULL, role \(.text) NOT NULL, subject \(.text) NOT NULL,
      created \(.integer) NOT NULL, last_seen \(.integer) NOT NULL,
      expires \(.integer) NOT NULL, device \(.bytes) NOT NULL, PRIMARY KEY (tenant, digest)
    ) \(.strict)
    """,
    "CREATE INDEX session_credential ON session (tenant, credential)",
    "CREATE INDEX session_expires ON session (tenant, expires)",
    """
    CREATE TABLE idempotency (
      tenant \(.text) NOT NULL, principal \(.text) NOT NULL, route \(.text) NOT NULL,
      request_key \(.text) NOT NULL, body_digest \(.bytes) NOT NULL, status \(.integer) NOT NULL,
      response \(.bytes) NOT NULL, expires \(.integer) NOT NULL,
      PRIMARY KEY (tenant, principal, route, request_key)
    ) \(.strict)
    """,
    "CREATE INDEX idempotency_expires ON idempotency (tenant, expires)",
    """
    CREATE TABLE audit (
      tenant \(.text) NOT NULL, seq \(.integer) NOT NULL, at \(.integer) NOT NULL,
      actor_role \(.text) NOT NULL, actor \(.text) NOT NULL, act \(.text) NOT NULL,
      subject \(.text) NOT NULL, detail \(.text) NOT NULL, previous \(.bytes) NOT NULL,
      digest \(.bytes) NOT NULL, PRIMARY KEY (tenant, seq)
    ) \(.clustered)
    """,
    "CREATE INDEX audit_subject ON audit (tenant, subject, seq)",
  ]

  private static let history: [SQL] = [
    """
    CREATE TABLE holding (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, id \(.text) NOT NULL,
      kind \(.text) NOT NULL, currency \(.text), opened \(.text) NOT NULL, closed \(.text),
      revision \(.integer) NOT NULL, details \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, client, id)
    ) \(.strict)
    """,
    """
    CREATE TABLE event (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, at \(.integer) NOT NULL,
      id \(.text) NOT NULL, kind \(.text) NOT NULL, channel \(.text), details \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, client, at, id)
    ) \(.clustered)
    """,
    """
    CREATE TABLE claim (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, id \(.text) NOT NULL,
      policy \(.text) NOT NULL, status \(.text) NOT NULL, reported \(.integer) NOT NULL,
      due \(.text), revision \(.integer) NOT NULL, details \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, client, id)
    ) \(.strict)
    """,
    """
    CREATE TABLE claim_step (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, claim \(.text) NOT NULL,
      at \(.integer) NOT NULL, id \(.text) NOT NULL, status \(.text) NOT NULL,
      actor \(.text) NOT NULL, details \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, client, claim, at, id)
    ) \(.clustered)
    """,
  ]

  private static let decisions: [SQL] = [
    """
    CREATE TABLE facts_snapshot (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, digest \(.bytes) NOT NULL,
      facts \(.bytes) NOT NULL, PRIMARY KEY (tenant, client, digest)
    ) \(.strict)
    """,
    """
    CREATE TABLE decision (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, id \(.text) NOT NULL,
      at \(.integer) NOT NULL, day \(.text) NOT NULL, facts_digest \(.bytes) NOT NULL,
      rules_digest \(.text) NOT NULL, catalogue_digest \(.text) NOT NULL,
      outcome_digest \(.bytes) NOT NULL, goal \(.bytes) NOT NULL, outcome \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, client, id)
    ) \(.strict)
    """,
  ]

  private static let outcomesOnce: [SQL] = [
    """
    CREATE TABLE outcome_snapshot (
      tenant \(.text) NOT NULL, client \(.text) NOT NULL, digest \(.bytes) NOT NULL,
      outcome \(.bytes) NOT NULL, PRIMARY KEY (tenant, client, digest)
    ) \(.strict)
    """
  ]

  private static let catalogue: [SQL] = [
    """
    CREATE TABLE catalogue_edition (
      tenant \(.text) NOT NULL, id \(.text) NOT NULL, source \(.text) NOT NULL,
      as_of \(.text) NOT NULL, digest \(.text) NOT NULL, created \(.integer) NOT NULL,
      products \(.integer) NOT NULL, report \(.text) NOT NULL, PRIMARY KEY (tenant, id)
    ) \(.strict)
    """,
    "CREATE INDEX catalogue_edition_source ON catalogue_edition (tenant, source, as_of)",
    """
    CREATE TABLE product_version (
      tenant \(.text) NOT NULL, source \(.text) NOT NULL, brand \(.text) NOT NULL,
      code \(.text) NOT NULL, valid_from \(.text) NOT NULL, valid_to \(.text),
      digest \(.bytes) NOT NULL, edition \(.text) NOT NULL, body \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, source, brand, code, valid_from)
    ) \(.strict)
    """,
    """
    CREATE TABLE setting (
      tenant \(.text) NOT NULL, name \(.text) NOT NULL, value \(.text) NOT NULL,
      PRIMARY KEY (tenant, name)
    ) \(.strict)
    """,
  ]
}
