import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Viettel SInvoice: JSON over HTTP, logged in with a token. The order's key is its `transactionUuid`, by which it makes one
/// receipt however often it is asked.
public struct ViettelProvider: ReceiptProvider {
    private let account: ReceiptProviderAccount
    private let password: String
    private let transport: any ProviderTransport
    private let timeout: Duration

    public init(
        _ account: ReceiptProviderAccount,
        password: String,
        transport: any ProviderTransport,
        timeout: Duration = .seconds(20)
    ) {
        self.account = account
        self.password = password
        self.transport = transport
        self.timeout = timeout
    }

    private static let work = "/services/einvoiceapplication/api/InvoiceAPI/InvoiceWS/"
    private static let look = "/services/einvoiceapplication/api/InvoiceAPI/InvoiceUtilsWS/"

    public func issue(_ order: ProviderOrder) async -> ProviderAnswer { await make(order, in: nil) }

    public func replace(_ former: ProviderOrder.Former, by order: ProviderOrder) async -> ProviderAnswer {
        await make(order, in: former)
    }

    public func find(_ key: UUID) async -> ProviderAnswer {
        let form = [("supplierTaxCode", account.taxCode), ("transactionUuid", key.text)]
        switch await post(Self.work + "searchInvoiceByTransactionUuid", form: form) {
        case .failure(let answer): return answer
        case .success(let json):
            // What was found is a list, of one receipt at most.
            guard let found = json["result"]?.array?.first else { return .unknown }
            return numbered(found, form: found["templateCode"]?.string, serial: found["invoiceSeri"]?.string)
        }
    }

    public func cancel(_ former: ProviderOrder.Former, for order: ProviderOrder) async -> ProviderAnswer {
        let form = [
            ("supplierTaxCode", account.taxCode), ("templateCode", former.form), ("invoiceNo", former.number),
            ("strIssueDate", String(former.issuedAt.unixSeconds * 1000)),
            ("additionalReferenceDesc", order.reason ?? ""),
            ("additionalReferenceDate", String(order.madeAt.unixSeconds * 1000)),
        ]
        switch await post(Self.work + "cancelTransactionInvoice", form: form) {
        case .failure(.unknown): return .refused("unknown receipt")
        case .failure(let answer): return answer
        case .success: return .cancelled
        }
    }

    public func fetch(_ former: ProviderOrder.Former) async -> [UInt8]? {
        let body: JSON = [
            "supplierTaxCode": .string(account.taxCode), "invoiceNo": .string(former.number),
            "templateCode": .string(former.form), "fileType": "PDF",
        ]
        guard case .success(let json) = await post(Self.look + "getInvoiceRepresentationFile", json: body),
            let text = json["fileToBytes"]?.string, let data = Data(base64Encoded: text)
        else { return nil }
        return Array(data)
    }

    private func make(_ order: ProviderOrder, in former: ProviderOrder.Former?) async -> ProviderAnswer {
        switch await post(Self.work + "createInvoice/" + account.taxCode, json: body(order, former)) {
        case .failure(let answer): return answer
        case .success(let json):
            return numbered(json["result"] ?? .null, form: order.form, serial: order.serial)
        }
    }

    private func numbered(_ json: JSON, form: String?, serial: String?) -> ProviderAnswer {
        guard let number = json["invoiceNo"]?.string, (1...30).contains(number.count), let form, let serial,
            (1...20).contains(form.count), (1...20).contains(serial.count)
        else { return .silent("an answer without a number") }
        return .numbered(form: form, serial: serial, number: number)
    }

    /// The receipt as SInvoice reads it. Fees and charges bear no value-added tax: -2.
    private func body(_ order: ProviderOrder, _ former: ProviderOrder.Former?) -> JSON {
        var general: [JSON.Member] = [
            .init("templateCode", .string(order.form)), .init("invoiceSeries", .string(order.serial)),
            .init("invoiceIssuedDate", .integer(order.madeAt.unixSeconds * 1000)), .init("currencyCode", "VND"),
            .init("adjustmentType", former == nil ? "1" : "3"), .init("paymentStatus", true),
            .init("transactionUuid", .string(order.key.text)),
        ]
        if let former {
            general += [
                .init("originalInvoiceId", .string(former.number)),
                .init("originalInvoiceIssueDate", .integer(former.issuedAt.unixSeconds * 1000)),
                .init("originalTemplateCode", .string(former.form)),
                .init("additionalReferenceDesc", .string(order.reason ?? "")),
                .init("additionalReferenceDate", .integer(order.madeAt.unixSeconds * 1000)),
            ]
        }
        return [
            "generalInvoiceInfo": .object(general),
            "buyerInfo": [
                "buyerName": .string(order.payerName ?? "Người nộp phí, lệ phí"),
                "buyerCode": .string(order.dossierCode),
            ],
            "payments": [["paymentMethod": order.isCash ? "6" : "7", "paymentMethodName": order.isCash ? "TM" : "CK"]],
            "itemInfo": .array(
                order.items.enumerated().map { place, item in
                    [
                        "lineNumber": .integer(place + 1), "itemName": .string(item.name),
                        "unitName": .string(item.unit), "quantity": .integer(item.quantity),
                        "itemTotalAmountWithoutTax": .money(item.amount), "taxPercentage": -2,
                        "itemTotalAmountWithTax": .money(item.amount),
                    ]
                }
            ),
            "summarizeInfo": [
                "totalAmountWithoutTax": .money(order.amount), "totalTaxAmount": 0,
                "totalAmountWithTax": .money(order.amount), "totalAmountWithTaxInWords": .string(order.amount.inWords),
            ],
            "metadata": [
                ["keyTag": "dossier", "stringValue": .string(order.dossierCode)],
                ["keyTag": "reference", "stringValue": .string(order.reference)],
            ],
        ]
    }

    // MARK: Exchanges

    private enum Answered {
        case success(JSON)
        case failure(ProviderAnswer)
    }

    private func post(_ path: String, json: JSON) async -> Answered {
        await post(path, "application/json", Array(json.serialized.utf8))
    }

    private func post(_ path: String, form: [(String, String)]) async -> Answered {
        let text = form.map { "\($0.0)=\($0.1.percentEncoded())" }.joined(separator: "&")
        return await post(path, "application/x-www-form-urlencoded", Array(text.utf8))
    }

    /// Logs in, and posts with the token: tokens live for minutes, and a receipt is asked for once.
    private func post(_ path: String, _ type: String, _ body: [UInt8]) async -> Answered {
        let login: JSON = ["username": .string(account.username), "password": .string(password)]
        let entered = await exchange("/auth/login", "application/json", Array(login.serialized.utf8), token: nil)
        guard case .success(let json) = entered else { return entered }
        guard let token = json["access_token"]?.string, !token.contains(where: \.isNewline) else {
            return .failure(.refused("the login gives no token"))
        }
        return await exchange(path, type, body, token: token)
    }

    private func exchange(_ path: String, _ type: String, _ body: [UInt8], token: String?) async -> Answered {
        let message = EventMessage(
            url: account.url + path,
            headers: [("Content-Type", type), ("Accept", "application/json"), ("User-Agent", "khop")]
                + (token.map { [("Cookie", "access_token=\($0)"), ("Authorization", "Bearer \($0)")] } ?? []),
            body: body,
            timeout: timeout
        )
        let (answer, bytes) = await transport.exchange(message)
        switch answer {
        case .answered(let status): return ViettelProvider.read(status, bytes)
        case .silent: return .failure(.silent("no answer in time"))
        case .refused: return .failure(.refused("its address may not be sent to"))
        case .expired: return .failure(.silent("the HTTPS certificate of its server has expired: it must renew it"))
        case .unreachable: return .failure(.silent("no connection"))
        }
    }

    /// SInvoice tells of mistakes in `errorCode` and `description`, some with status 200.
    private static func read(_ status: Int, _ bytes: [UInt8]) -> Answered {
        let json: JSON
        do { json = try JSON.parse(bytes) } catch {
            return .failure(.silent(status < 500 ? "an answer that is no JSON" : "HTTP \(status)"))
        }
        let code = json["errorCode"]?.string ?? json["code"]?.string ?? ""
        if code == "NOT_FOUND_DATA" { return .failure(.unknown) }
        guard (200..<300).contains(status), code.isEmpty || code == "200" else {
            let words = json["description"]?.string ?? json["message"]?.string ?? json["data"]?.string ?? ""
            let text = "HTTP \(status) \(code) \(words)".trimming()
            // What failed on its side may have been done all the same.
            return .failure(status >= 500 ? .silent(text) : .refused(text))
        }
        return .success(json)
    }
}
