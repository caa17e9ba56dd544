#pragma once

#include "core/store/exchange/imported.h"
#include "core/store/profiles/profile.h"
#include "core/support/result.h"

#include <QList>
#include <QObject>
#include <QPointer>

class QWidget;

namespace Fairlead::Ui {

class Actions;
class ImportDialog;
class KubeconfigIntake;
class ProfileCommands;
class ProfileStarter;

/// Takes forwards of other tools in, from files and from text, after a look at what becomes of each. Starts none.
class ImportDesk final : public QObject
{
    Q_OBJECT

public:
    /// `window` is what dialogs belong to.
    ImportDesk(ProfileStarter &starter, ProfileCommands &profiles, QWidget &window);

    /// Lets the window's actions and what is dropped onto it come here.
    void serve(const Actions &actions, KubeconfigIntake &intake);
    void chooseFile();
    /// A kubeconfig goes to where those are taken.
    void paste(KubeconfigIntake &intake);
    /// While a preview is open, what comes next waits until that one is done: several files can be dropped at once.
    void takeFile(const QString &path);
    void takeText(const QString &text);

signals:
    /// A short-lived remark, for the status bar.
    void notice(const QString &text);
    /// It is in the window now, or was before: the first of those that were chosen.
    void imported(Fairlead::Forward::ForwardId id);
    /// A text that cannot be taken: a sentence, and lines below it.
    void refused(const QString &text, const QString &detail);

private:
    using Outcome = Result<Store::Imported, Store::ProfileError>;

    /// A text that could be read, and where it came from.
    struct Readable {
        Store::Imported imported;
        QString name; ///< of the file, without its ending; empty for a text
        QString title; ///< of the preview
    };

    void receive(const Outcome &outcome, const QString &from, const QString &path);
    void showNext();
    void take(const QList<Store::SavedForward> &forwards, const QString &profile);

    ProfileStarter &m_starter;
    ProfileCommands &m_profiles;
    QWidget &m_window;
    QList<Readable> m_waiting;
    QPointer<ImportDialog> m_preview;
};

} // namespace Fairlead::Ui
