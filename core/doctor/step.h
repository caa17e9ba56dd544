#pragma once

#include "core/doctor/check.h"
#include "core/doctor/patient.h"

#include <QElapsedTimer>
#include <QObject>

namespace Fairlead::Doctor {

/// One step of a check. Reads from the patient what earlier steps found and writes down what it found itself.
class Step : public QObject
{
    Q_OBJECT

public:
    /// What a bad outcome means for the steps after this one.
    enum class Needed { ByAll, ByNone };

    Step(const QString &id, const QString &title, Needed needed, Patient &patient)
        : m_patient(patient)
        , m_needed(needed)
    {
        m_check.id = id;
        m_check.title = title;
    }

    /// done() follows, once, now or later.
    virtual void run() = 0;
    [[nodiscard]] const Check &check() const { return m_check; }
    [[nodiscard]] bool endsAll() const { return m_needed == Needed::ByAll && m_check.outcome == Check::Outcome::Bad; }
    void begin()
    {
        m_timer.start();
        run();
    }

signals:
    void done();

protected:
    [[nodiscard]] Patient &patient() { return m_patient; }

    void good(const QString &text) { end(Check::Outcome::Good, text, {}, {}); }
    void skip(const QString &text) { end(Check::Outcome::Skipped, text, {}, {}); }
    void warn(const QString &text, const QString &detail, const QString &advice = {})
    {
        end(Check::Outcome::Warning, text, detail, advice);
    }
    void bad(const QString &text, const QString &detail, const QString &advice = {})
    {
        end(Check::Outcome::Bad, text, detail, advice);
    }
    /// The time since begin() says something about the way to the server.
    void takeTime() { m_check.ms = m_timer.elapsed(); }

private:
    void end(Check::Outcome outcome, const QString &text, const QString &detail, const QString &advice)
    {
        m_check.outcome = outcome;
        m_check.text = text;
        m_check.detail = detail;
        m_check.advice = advice;
        emit done();
    }

    Patient &m_patient;
    Needed m_needed;
    Check m_check;
    QElapsedTimer m_timer;
};

} // namespace Fairlead::Doctor
