#pragma once

#include "cri.h"

#include <QByteArray>
#include <QProcess>
#include <QString>

/// A containerd with nothing but what this test gives it: own configuration, state and socket below /run (which is a
/// tmpfs of the test's own, see ownmachine.h), its streaming server on loopback, and an image store with one image.
class Containerd final
{
public:
    /// Which of the programs and plugins it needs is not installed, as a sentence; empty when all are.
    [[nodiscard]] static QString missingPart();

    ~Containerd();

    /// Starts it with PODSERVER as the image of every sandbox. Answers what went wrong, or nothing.
    [[nodiscard]] QString start(const QString &podserver);

    [[nodiscard]] const Cri &cri() const { return m_cri; }

    /// The end of its log, for a test's message.
    [[nodiscard]] QString logTail() const;

private:
    [[nodiscard]] bool waitUntilItAnswers();
    [[nodiscard]] QString importImage(const QString &podserver);

    QProcess m_process;
    Cri m_cri{QStringLiteral("/run/fairlead/containerd.sock")};
};
