import Postgres
import Statements
import Values

extension StatementMappings {
    /// The bank that a description is for: the account's, or the one that it names.
    func bank(of draft: Draft) async throws -> String {
        let named = draft.json["bank"]?.string
        guard let account = draft.account else {
            guard let named else {
                throw ServiceError(
                    .invalidBody,
                    at: "/bank",
                    Phrase(
                        vi: "phải nêu ngân hàng (mã BIN) khi mẫu không dành riêng cho một tài khoản",
                        en: "must name the bank (its BIN) where the mapping is not for one account alone"
                    )
                )
            }
            return named
        }
        let bank = try await Accounts.bank(of: account, in: database)
        guard named == nil || named == bank else {
            throw ServiceError(
                .invalidBody,
                at: "/bank",
                Phrase(
                    vi: "tài khoản \(account) mở tại ngân hàng \(bank), không phải ngân hàng này",
                    en: "the account \(account) is held at the bank \(bank), and not at this one"
                )
            )
        }
        return bank
    }

    /// A description with its bank and without what only built-in layouts say of themselves; throws `invalid-body`.
    func checked(_ json: JSON, bank: String) throws -> StatementMapping {
        guard json.bytes.count <= Self.maximumBytes else {
            throw ServiceError(
                .invalidBody,
                Phrase(
                    vi: "Mô tả của mẫu tối đa \(Self.maximumBytes >> 10) KiB.",
                    en: "A description may have at most \(Self.maximumBytes >> 10) KiB."
                )
            )
        }
        let left: Set = ["bank", "confidence", "verified", "source", "made_from_pdf"]
        let members = (json.members ?? []).filter { !left.contains($0.name) }
        let mapping: StatementMapping
        do throws(StatementMapping.Failure) {
            mapping = try StatementMapping(
                json.members == nil ? json : .object(members + [.init("bank", .string(bank))])
            )
        } catch { throw ServiceError(.invalidBody, at: "/" + error.member, error.reason) }
        guard (1...200).contains(mapping.title.unicodeScalars.count) else {
            throw ServiceError(
                .invalidBody,
                at: "/title",
                Phrase(vi: "dài từ 1 đến 200 ký tự", en: "has 1 to 200 characters")
            )
        }
        guard !isTaken(mapping.name) else {
            throw ServiceError(
                .invalidBody,
                at: "/name",
                Phrase(
                    vi: "“\(mapping.name)” là tên của một mẫu có sẵn: hãy chọn tên khác",
                    en: "“\(mapping.name)” is the name of a layout that is built in: choose another"
                )
            )
        }
        return mapping
    }

    private func isTaken(_ name: String) -> Bool {
        name == "auto" || taken.contains(name) || StatementFormat(name, mappings: []) != nil
    }

    /// How a mapping reads a file; throws `statement-rejected` with every fault if it does not read the whole of it.
    static func trial(_ bytes: [UInt8], _ mapping: StatementMapping, _ account: String?, _ now: Instant) throws
        -> MappingTrial
    {
        let trial = MappingTrial(bytes, as: mapping, account: account, today: now.day)
        guard trial.faults.isEmpty else {
            throw ServiceError(
                .statementRejected,
                Phrase(
                    vi: "Mẫu này không đọc được hết tệp; chưa lưu gì.",
                    en: "This mapping does not read the whole file; nothing was stored."
                ),
                faults: trial.faults.map { fault in
                    ServiceError.Fault(
                        "line \(fault.line)" + (fault.field.isEmpty ? "" : ", \(fault.field)"),
                        fault.reason.prefixed(by: fault.value.isEmpty ? "" : "“\(fault.value)” ")
                    )
                }
            )
        }
        return trial
    }

    /// The number of the next version of a name; throws if nothing changed, or if the name is another bank's or account's.
    static func nextVersion(
        _ mapping: StatementMapping,
        _ account: String?,
        _ bank: String,
        _ tx: borrowing Transaction
    ) throws -> Int32 {
        let sql = """
            select \(StoredMapping.columns) from statement_mapping m where m.name = $1 order by m.version desc limit 1
            """
        guard let row = try tx.query(Query(trustedSQL: sql, binding: [mapping.name])).first else { return 1 }
        let last = try StoredMapping(row)
        guard last.bank == bank, last.account == account else {
            throw ServiceError(
                .invalidBody,
                at: "/name",
                Phrase(
                    vi: "“\(last.name)” đã là mẫu của \(last.account ?? last.bankName): hãy chọn tên khác",
                    en: "“\(last.name)” is a mapping of \(last.account ?? last.bankName) already: choose another name"
                )
            )
        }
        // PostgreSQL keeps the members in an order of its own.
        let isSame = try tx.query(
            "select mapping = \(mapping.json)::jsonb from statement_mapping where id = \(last.id)::bigint"
        ).row().get(0, as: Bool.self)
        guard !isSame || ![.waiting, .inForce].contains(last.state) else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Mẫu “\(last.name)” phiên bản \(last.version) đã đúng như vậy: không có gì để lưu.",
                    en: "The mapping “\(last.name)”, version \(last.version), says so already: nothing is to be stored."
                )
            )
        }
        return last.version + 1
    }
}
