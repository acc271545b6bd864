import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("The place of a day in its financial year")
struct YearDaysTests {
    @Test("is what dividing gives, on every day that the contract knows")
    func everyDay() {
        var date = CalendarDate.min
        while true {
            let days = YearDays(date)
            if let year = FinancialYear(containing: date) {
                let day = Int(date.dayNumber - year.firstDay.dayNumber)
                let month = (date.components.month + 8) % 12
                #expect(days?.yearIndex == year.startYear - 1900 && days?.day == day && days?.month == month)
            } else {
                #expect(days == nil)
            }
            guard date < .max else { return }
            date = date.adding(days: 1)
        }
    }
}
