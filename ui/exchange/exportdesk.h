#pragma once

#include "core/store/exchange/format.h"
#include "core/store/profiles/profile.h"

#include <QObject>

class QMenu;
class QWidget;

namespace Fairlead::Ui {

/// Writes profiles as files of other tools, and says what those cannot hold.
class ExportDesk final : public QObject
{
    Q_OBJECT

public:
    /// `window` is what dialogs belong to.
    explicit ExportDesk(QWidget &window);

    /// An entry for each format that can be written.
    void fillMenu(QMenu &menu, const Store::Profile &profile);
    void write(const Store::Profile &profile, Store::Format format, const QString &path);

signals:
    /// A short-lived remark, for the status bar.
    void notice(const QString &text);
    /// Not all could be written, or nothing: a sentence, and lines below it.
    void problem(const QString &text, const QString &detail);

private:
    void choosePlace(const Store::Profile &profile, Store::Format format);

    QWidget &m_window;
};

} // namespace Fairlead::Ui
