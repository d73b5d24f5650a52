"""The twenty-five attacks, and the one test that plays each (F1 to F5, T9)."""

from collections.abc import Mapping
from types import MappingProxyType

CASES: Mapping[str, str] = MappingProxyType(
    {
        "F1": "test_f1_a_victim_opens_the_attackers_link_and_signs_in",
        "F2": "test_f2_the_attacker_finishes_the_victims_link_with_another_fanvue_account",
        "F3a": "test_f3a_a_state_is_used_again",
        "F3b": "test_f3b_a_state_is_eleven_minutes_old",
        "F3c": "test_f3c_another_browser_comes_back",
        "F3d": "test_f3d_a_browser_without_the_cookie_comes_back",
        "F3e": "test_f3e_the_answer_names_another_issuer",
        "F3f": "test_f3f_a_second_code_comes_with_the_state",
        "F4": "test_f4_the_account_is_connected_by_somebody_else_already",
        "F5": "test_f5_a_reply_from_the_new_account_goes_into_a_thread_of_the_old_one",
        "T9.1": "test_t9_01_a_start_is_sent_from_another_site",
        "T9.2": "test_t9_02_the_states_of_two_sign_ins_are_swapped",
        "T9.3": "test_t9_03_a_code_of_one_attempt_is_put_into_another",
        "T9.4": "test_t9_04_many_callbacks_come_at_the_same_moment",
        "T9.5": "test_t9_05_pkce_is_taken_out_or_weakened",
        "T9.6": "test_t9_06_the_redirect_address_is_varied",
        "T9.7": "test_t9_07_the_bridge_is_probed_for_open_redirects",
        "T9.8": "test_t9_08_a_cookie_is_tossed_into_the_victims_browser",
        "T9.9": "test_t9_09_links_and_callbacks_are_prefetched",
        "T9.10": "test_t9_10_the_two_sign_in_servers_are_mixed_up",
        "T9.11": "test_t9_11_the_token_answer_has_another_scope_or_type",
        "T9.12": "test_t9_12_an_id_token_with_alg_none_names_somebody_else",
        "T9.13": "test_t9_13_a_callback_is_replayed_after_the_link_was_made",
        "T9.14": "test_t9_14_a_yes_is_given_to_a_question_that_has_expired",
        "T9.15": "test_t9_15_a_second_owner_says_yes_at_the_same_moment",
    }
)
