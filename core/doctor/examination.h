#pragma once

#include "core/doctor/check.h"
#include "core/doctor/patient.h"

#include <QObject>

#include <memory>
#include <vector>

namespace Fairlead::Doctor {

class Step;

/// Checks, one step after the other, all that has to work before a port can be forwarded: files, context, name, proxy,
/// TLS, server and clock, who one is and what one may do, target, upgrade, port. Each step says what it found and,
/// where it is bad, what to do; steps that could tell nothing after that are skipped. Nothing is changed on the server;
/// of rights it asks, it never concludes from the answer: the real try follows.
///
/// Lives in a thread with an event loop and never blocks it. One check an object.
class Examination final : public QObject
{
    Q_OBJECT

public:
    explicit Examination(const Question &question, QObject *parent = nullptr);
    ~Examination() override;

    /// checked() for each step, then finished().
    void start();
    /// Letters of the longest title.
    [[nodiscard]] qsizetype titleWidth() const;
    [[nodiscard]] const QList<Check> &checks() const { return m_checks; }

signals:
    /// The step that is under way now, for "Looking up the name…".
    void begun(const QString &title);
    void checked(const Fairlead::Doctor::Check &check);
    void finished();

private:
    void next();
    void skipRest();

    Patient m_patient;
    std::vector<std::unique_ptr<Step>> m_steps;
    size_t m_at = 0;
    QList<Check> m_checks;
};

} // namespace Fairlead::Doctor
