import FeeSchedule
import PaymentQR
import Values

/// `ThongTinBienLai`: what the platform is told of the receipt, beside the signature. Nothing of it decides about money here.
enum PlatformBlock {
    /// - Parameters:
    ///   - name: of the payer; `nil` where nobody is to be named.
    static func json(_ request: PaymentRequest, _ schedule: Schedule, payer name: String?) -> JSON {
        let procedure = schedule.procedures[Schedule.nationalCode(request.procedureCode)]?.nameVi
        let title = cut(procedure ?? request.procedureCode)
        let agency = schedule.agencies[request.agencyCode]?.nameVi ?? request.agencyCode
        let words = words(request)
        func empty(_ names: String...) -> [JSON.Member] { names.map { JSON.Member($0, "") } }
        var members: [JSON.Member] = [
            .init("MaDichVu", "2"), .init("MaDVC", .string(request.procedureCode + ".01")),
            .init("TenDVC", .string(title)), .init("MaTTHC", .string(request.procedureCode)),
            .init("TenTTHC", .string(title)), .init("MaDonVi", .string(request.agencyCode)),
            .init("TenDonVi", .string(agency)), .init("MaHoSo", .string(request.dossierCode)),
            .init("TKThuHuong", .string(request.accountNumber)), .init("MaNHThuHuong", .string(request.bankBIN)),
            .init("TenTKThuHuong", .string(request.accountName)),
        ]
        members += empty("MaLoaiHinhThuPhat", "TenLoaiHinhThuPhat")
        members += [
            .init("MaCoQuanQD", .string(request.agencyCode)), .init("TenCoQuanQD", .string(agency)),
        ]
        members += empty(
            "KhoBac",
            "NgayQD",
            "SoQD",
            "ThoiGianViPham",
            "DiaDiemViPham",
            "TenNguoiViPham",
            "TaiKhoanThuNSNN"
        )
        members += [
            .init("NoiDungThanhToan", .string(words)),
            .init("HoTenNguoiNop", .string(name?.foldedToASCII.uppercased() ?? "NGUOI NOP")),
            .init("SoCMNDNguoiNop", "000000000"), .init("DiaChiNguoiNop", "Khong cung cap"),
        ]
        members += empty("HuyenNguoiNop", "TinhNguoiNop")
        members += [
            .init("PhiLePhi", .array(charges(request))),
            .init(
                "DSKhoanNop",
                [["NoiDung": .string(words), "SoTien": .string(request.amountRemaining.description)]]
            ),
        ]
        return .object(members)
    }

    /// What the payer and the bank read: letters and digits, so that the platform's `|` is never among them.
    static func words(_ request: PaymentRequest) -> String {
        "THANH TOAN HO SO " + request.dossierCode.foldedToASCII
    }

    /// The lines of the bill. Their sum has to be the amount, so that of a part that remains there is one.
    private static func charges(_ request: PaymentRequest) -> [JSON] {
        func charge(_ kind: String, _ name: String, _ amount: Money) -> JSON {
            [
                "LoaiPhiLePhi": .string(kind == "fee" ? "1" : "2"), "MaPhiLePhi": "2", "TenPhiLePhi": .string(name),
                "SoTien": .string(amount.description),
            ]
        }
        let lines = (request.lines.array ?? []).filter { ($0["payable"]?.integer ?? 0) > 0 }
        let sum = lines.reduce(Money.zero) { $0 + Money($1["payable"]?.integer ?? 0) }
        guard sum == request.amountRemaining else {
            return [charge("charge", "Phí, lệ phí còn phải nộp", request.amountRemaining)]
        }
        return lines.map { line in
            charge(
                line["kind"]?.string ?? "",
                cut(line["name_vi"]?.string ?? ""),
                Money(line["payable"]?.integer ?? 0)
            )
        }
    }

    /// Names are cut at 250 characters, as a known system does.
    private static func cut(_ name: String) -> String { name.count > 250 ? name.prefix(200) + "..." : name }
}
