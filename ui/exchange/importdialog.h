#pragma once

#include "core/store/exchange/imported.h"
#include "core/store/profiles/profileplan.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTreeView;

namespace Fairlead::Ui {

class ContextMapping;
class ImportModel;

/// What a foreign file holds, before anything is taken from it: each forward with its fate, contexts for those that are
/// not here, and where they go. Adds nothing itself, and nothing is ever started by it.
class ImportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `name`: proposed for a profile. `taken`: names of profiles that there are.
    ImportDialog(const Store::Imported &imported, const Store::Surroundings &here, const QString &name,
                 const QStringList &taken, QWidget *parent = nullptr);

    /// What was chosen, with contexts as they are here.
    [[nodiscard]] QList<Store::SavedForward> forwards() const;
    /// The profile they go into; empty: into the window.
    [[nodiscard]] QString profileName() const;

private:
    void layOut();
    [[nodiscard]] int columnWidth() const;
    void setUpRows();
    [[nodiscard]] QWidget *makeGoal();
    [[nodiscard]] QString summary() const;
    void refresh();
    void showDetail(int row);

    const QStringList m_taken;
    ImportModel *m_model;
    QLabel *m_detail; ///< of the current row, whole
    QTreeView *m_rows; ///< made first: Tab goes from here on
    ContextMapping *m_mapping;
    QRadioButton *m_toWindow;
    QRadioButton *m_toProfile;
    QLineEdit *m_name;
    QLabel *m_remark;
    QPushButton *m_import = nullptr;
};

} // namespace Fairlead::Ui
